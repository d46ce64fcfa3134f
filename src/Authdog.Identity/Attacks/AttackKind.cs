namespace Authdog.Identity.Attacks;

/// <summary>The shapes in which credentials are tried out.</summary>
internal enum AttackKind
{
    /// <summary>Many accounts from one network.</summary>
    Network,

    /// <summary>One account from many networks.</summary>
    Account,

    /// <summary>A tenant in which far more fails than usual, wherever it comes from.</summary>
    Tenant,
}
