using Authdog.Identity.Login;
using Authdog.Identity.Mail;
using Authdog.Identity.Pages;

namespace Authdog.Identity.Tests.Pages;

public sealed class OptionsTests
{
    [Theory]
    [InlineData("red")]
    [InlineData("#12345")]
    [InlineData("#12345g")]
    [InlineData("#123456;} body{display:none")]
    [Trait("Threat", "I13")]
    public void RefusesAColour_WhenItIsNotSixHexDigits(string colour) =>
        new BrandOptions.Validator().Validate(null, new BrandOptions { AccentColor = colour }).FailureMessage!.ShouldContain("Login:Brand:AccentColor");

    [Fact]
    public void ReportsEveryError_WhenSeveralSettingsAreWrong()
    {
        var brand = new BrandOptions { ProductName = "", AccentColor = "x", LogoFile = "/no/such.svg" };
        brand.Languages.Add("tlh");
        new BrandOptions.Validator().Validate(null, brand).Failures!.Count().ShouldBe(4);

        var login = new LoginOptions { AttemptsPerAccount = 0, AttemptsPerAddress = 0, AttemptWindow = TimeSpan.Zero, TransactionLifetime = TimeSpan.Zero };
        login.ReturnOrigins.Add("app.example.com");
        new LoginOptions.Validator([new LoginMethodName("password")]).Validate(null, login).Failures!.Count().ShouldBe(5);

        var mail = new MailOptions { From = "nobody", OutboxPath = "", Smtp = new SmtpOptions { Port = 0, Password = "x", Tls = SmtpTls.None } };
        new MailOptions.Validator().Validate(null, mail).Failures!.Count().ShouldBe(5);
    }
}
