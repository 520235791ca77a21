namespace KeyAccountBot.Channels;

/// <summary>What a channel can do. The rest of the house asks for an ability, never which channel it is.</summary>
[Flags]
internal enum ChannelAbilities
{
    /// <summary>It can only be spoken on.</summary>
    None = 0,

    /// <summary>A dialog of several steps can be held.</summary>
    Dialogs = 1,

    /// <summary>A form is drawn as fields to fill; elsewhere its questions are asked one by one.</summary>
    Forms = 2,

    /// <summary>A message that was sent can be replaced.</summary>
    UpdateInPlace = 4,

    /// <summary>It has rooms that many read, and a message can be posted there.</summary>
    Rooms = 8,

    /// <summary>A thread under a message is a conversation of its own.</summary>
    Threads = 16,

    /// <summary>Words can be shown to one reader among others.</summary>
    EphemeralWords = 32,
}
