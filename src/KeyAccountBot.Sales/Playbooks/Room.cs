using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Sales.Playbooks;

/// <summary>A Teams or Slack channel that many read, named by the playbook as a step's reader.</summary>
/// <param name="Channel">On which of the two.</param>
/// <param name="Conversation">Its id there, for example <c>C0123456789</c> or <c>19:…@thread.tacv2</c>; opaque.</param>
public sealed record Room(Channel Channel, string Conversation);
