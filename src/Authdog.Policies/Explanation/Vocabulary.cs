using Authdog.Policies.Criteria;
using Authdog.Policies.Decisions;
using Authdog.Policies.Rules;

namespace Authdog.Policies.Explanation;

/// <summary>The words that files and texts use for outcomes, reasons and the like.</summary>
public static class Vocabulary
{
    /// <summary><c>allow</c>, <c>challenge</c> or <c>deny</c>.</summary>
    public static string Word(AccessOutcome outcome) => outcome switch
    {
        AccessOutcome.Allow => "allow",
        AccessOutcome.Challenge => "challenge",
        _ => "deny",
    };

    /// <summary>The reason in kebab case, for example <c>no-rule-matched</c>.</summary>
    public static string Word(AccessReason reason) => reason switch
    {
        AccessReason.NoRuleMatched => "no-rule-matched",
        AccessReason.DenyRule => "deny-rule",
        AccessReason.PublicRule => "public-rule",
        AccessReason.OptionalRule => "optional-rule",
        AccessReason.AllowRule => "allow-rule",
        AccessReason.SignInRequired => "sign-in-required",
        AccessReason.StepUpRequired => "step-up-required",
        AccessReason.ClientChallengeRequired => "client-challenge-required",
        AccessReason.UnknownPolicy => "unknown-policy",
        _ => "evaluation-failed",
    };

    /// <summary><c>public</c>, <c>optional</c>, <c>allow</c> or <c>deny</c>.</summary>
    public static string Word(RuleEffect effect) => effect switch
    {
        RuleEffect.Public => "public",
        RuleEffect.Optional => "optional",
        RuleEffect.Allow => "allow",
        _ => "deny",
    };

    /// <summary><c>hit</c>, <c>miss</c> or <c>unknown</c>.</summary>
    public static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Hit => "hit",
        Verdict.Miss => "miss",
        _ => "unknown",
    };

    /// <summary>A requirement as a policy file writes it.</summary>
    public static string Words(AuthenticationRequirement requirement)
    {
        ArgumentNullException.ThrowIfNull(requirement);
        List<string> parts = [];
        if (requirement.Acr is { } acr)
        {
            parts.Add($"acr: {acr}");
        }

        if (!requirement.Amr.IsDefaultOrEmpty)
        {
            parts.Add($"amr: [{string.Join(", ", requirement.Amr)}]");
        }

        if (requirement.Passkey is { } passkey)
        {
            parts.Add($"passkey: {Words(passkey)}");
        }

        if (!requirement.Connections.IsDefaultOrEmpty)
        {
            parts.Add($"connection: [{string.Join(", ", requirement.Connections)}]");
        }

        if (requirement.MaxAge is { } age)
        {
            parts.Add($"max-age: {Duration.Format(age)}");
        }

        return $"{{ {string.Join(", ", parts)} }}";
    }

    private static string Words(PasskeyRequirement passkey)
    {
        var kind = passkey.Kind switch { PasskeyKind.Synced => "synced", PasskeyKind.DeviceBound => "device-bound", _ => null };
        return passkey.Aaguids.IsDefaultOrEmpty
            ? kind ?? "any"
            : $"{{ {(kind is null ? "" : $"kind: {kind}, ")}aaguid: [{string.Join(", ", passkey.Aaguids)}] }}";
    }
}
