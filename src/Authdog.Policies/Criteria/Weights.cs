namespace Authdog.Policies.Criteria;

/// <summary>How much it takes to change something, for choosing the least.</summary>
internal static class Weights
{
    /// <summary>The person does it alone: signs in, or again, or with another factor.</summary>
    public const int SignIn = 1;

    /// <summary>The client does it without the person.</summary>
    public const int Challenge = 1;

    /// <summary>The person does it with some trouble: waits, or goes elsewhere.</summary>
    public const int Circumstance = 3;

    /// <summary>Somebody else has to grant it.</summary>
    public const int Grant = 5;

    /// <summary>It would be another person.</summary>
    public const int OtherPerson = 9;
}
