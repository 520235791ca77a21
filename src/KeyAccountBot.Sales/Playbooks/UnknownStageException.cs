namespace KeyAccountBot.Sales.Playbooks;

/// <summary>An opportunity stands in a stage that the playbook neither has nor had: another replica may run another playbook.</summary>
public sealed class UnknownStageException : Exception
{
    /// <summary>An unknown stage with no further word.</summary>
    public UnknownStageException() { }

    /// <summary>In words of the caller.</summary>
    public UnknownStageException(string message) : base(message) { }

    /// <summary>In words of the caller, with what led to it.</summary>
    public UnknownStageException(string message, Exception inner) : base(message, inner) { }

    /// <summary>The playbook and the stage it does not know.</summary>
    public UnknownStageException(string playbook, StageId stage)
        : base($"The playbook '{playbook}' has no stage '{stage}', and no stage says that it was '{stage}'.") { }
}
