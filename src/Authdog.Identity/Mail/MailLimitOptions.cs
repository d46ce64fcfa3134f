using Microsoft.Extensions.Options;

namespace Authdog.Identity.Mail;

/// <summary>Bounds of what anybody can make the gateway send (mail bombing). Notices of changes to an account are not bounded: an attacker must not be able to use them up first.</summary>
public sealed class MailLimitOptions
{
    /// <summary>Messages to one mailbox (<c>ada+shop@…</c> is <c>ada@…</c>) within an hour, of whatever kind.</summary>
    public int PerRecipientAnHour { get; set; } = 10;

    /// <summary>Messages to one mailbox within a day, of whatever kind.</summary>
    public int PerRecipientADay { get; set; } = 40;

    /// <summary>Messages that one client network can have sent within an hour, to whomever.</summary>
    public int PerSourceAnHour { get; set; } = 200;

    internal void Check(ValidateOptionsResultBuilder errors)
    {
        const string Place = $"{MailOptions.Section}:Limits";
        if (PerRecipientAnHour is < 1 or > 1_000)
        {
            errors.AddError($"{Place}:PerRecipientAnHour is {PerRecipientAnHour}. Give 1 to 1000.");
        }

        if (PerRecipientADay < PerRecipientAnHour || PerRecipientADay > 10_000)
        {
            errors.AddError($"{Place}:PerRecipientADay is {PerRecipientADay}. Give at least PerRecipientAnHour ({PerRecipientAnHour}), and at most 10000.");
        }

        if (PerSourceAnHour is < 1 or > 1_000_000)
        {
            errors.AddError($"{Place}:PerSourceAnHour is {PerSourceAnHour}. Give 1 to 1000000.");
        }
    }
}
