using Microsoft.Extensions.Options;

namespace Authdog.Identity.Notices;

/// <summary>What people are told by mail about their accounts (section <c>Accounts:Notices</c>).</summary>
public sealed class NoticeOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Accounts:Notices";

    /// <summary>How long the link "this wasn't me" of a notice works, and with it the way back from a changed address.</summary>
    public TimeSpan UndoPeriod { get; set; } = TimeSpan.FromDays(7);

    internal sealed class Validator : IValidateOptions<NoticeOptions>
    {
        public ValidateOptionsResult Validate(string? name, NoticeOptions options)
        {
            var errors = new ValidateOptionsResultBuilder();
            if (options.UndoPeriod < TimeSpan.FromDays(1) || options.UndoPeriod > TimeSpan.FromDays(30))
            {
                errors.AddError($"{Section}:UndoPeriod is {options.UndoPeriod}. Give 1 to 30 days (7.00:00:00).");
            }

            return errors.Build();
        }
    }
}
