using Authdog.Identity.Identifiers;
using Authdog.Identity.Pages;
using Authdog.Identity.Passwords.Breaches;
using Authdog.Identity.Tenants;

namespace Authdog.Identity.Passwords;

/// <summary>Says, in the reader's language, why a password may not be set.</summary>
internal sealed class NewPasswords(PasswordRules rules, LeakedPasswords leaked, CurrentTenant tenant, TenantOptions<BrandOptions> brand)
{
    /// <summary>What the page says beside an empty field.</summary>
    public string Hint(PageTexts texts) => texts.Format("Password.Hint", rules.MinimumLength);

    /// <summary>What is wrong with it; null when nothing is.</summary>
    public async Task<string?> ProblemAsync(PageTexts texts, string password, EmailAddress email, string? name, CancellationToken cancellationToken)
    {
        if (password.Length == 0)
        {
            return texts["Password.Missing"];
        }

        var local = email.Value[..email.Value.LastIndexOf('@')];
        var judged = rules.Judge(password, [email.Value, local, email.Domain, name ?? string.Empty, brand.Value.ProductName]);

        // Last, and only of what could be set otherwise: it may ask a service.
        if (judged is PasswordJudgement.Acceptable && await leaked.ContainAsync(tenant.Id, password, cancellationToken))
        {
            judged = PasswordJudgement.Leaked;
        }

        return judged switch
        {
            PasswordJudgement.Acceptable => null,
            PasswordJudgement.TooShort => texts.Format("Password.TooShort", rules.MinimumLength),
            PasswordJudgement.TooLong => texts.Format("Password.TooLong", rules.MaximumLength),
            var judgement => texts[$"Password.{judgement}"],
        };
    }
}
