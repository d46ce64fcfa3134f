namespace Authdog.Policies.Rules;

/// <summary>What a rule does when it matches.</summary>
public enum RuleEffect
{
    /// <summary>Refuses; wins over every other rule.</summary>
    Deny = 0,

    /// <summary>Lets signed-in people pass, when its requirement holds.</summary>
    Allow,

    /// <summary>Lets anybody pass; identity is passed on when there is one.</summary>
    Optional,

    /// <summary>Lets anybody pass; identity is never passed on.</summary>
    Public,
}
