using Authdog.Identity.Challenges;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Tests.Challenges;

/// <summary>What each provider answers, and what of it counts; without pages, against a stand-in that speaks their protocol.</summary>
[Trait("Threat", "I2")]
public sealed class ExternalProvidersTests : IAsyncLifetime
{
    private const string Host = "app.example.com";

    private readonly ServiceProvider _services = new ServiceCollection().AddHttpClient(ExternalChallenge.ClientName).Services.BuildServiceProvider();
    private ExternalStandIn _provider = null!;

    public static TheoryData<string, string> Fields => new()
    {
        { "Turnstile", "cf-turnstile-response" },
        { "HCaptcha", "h-captcha-response" },
        { "ReCaptcha", "g-recaptcha-response" },
    };

    public static TheoryData<string> Providers => ["Turnstile", "HCaptcha", "ReCaptcha"];

    public async ValueTask InitializeAsync()
    {
        _provider = await ExternalStandIn.StartAsync();
        _provider.Hostname = Host;
    }

    public async ValueTask DisposeAsync()
    {
        await _provider.DisposeAsync();
        await _services.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task AnswerPassesOnce_InTheProvidersOwnField(string provider, string field)
    {
        var answer = _provider.Answer();

        (await VerifyAsync(provider, answer, field)).ShouldBe(ExternalVerdict.Passed);

        _provider.LastAsked!["secret"].ToString().ShouldBe(ExternalStandIn.Secret);
        _provider.LastAsked["sitekey"].ToString().ShouldBe(ExternalStandIn.SiteKey);
        (await VerifyAsync(provider, answer, field)).ShouldBe(ExternalVerdict.Refused);
        (await VerifyAsync(provider, _provider.Answer(), "another-field")).ShouldBe(ExternalVerdict.Refused);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task AnswerGivenOnAnotherHostIsRefused(string provider)
    {
        _provider.Hostname = "phishing.example";

        (await VerifyAsync(provider)).ShouldBe(ExternalVerdict.Refused);
    }

    [Theory]
    [InlineData("Turnstile", "Refused")]
    [InlineData("HCaptcha", "Passed")]
    [InlineData("ReCaptcha", "Refused")]
    public async Task AnswerWithoutAHostCounts_OnlyWhereTheProviderMayLeaveItOut(string provider, string verdict)
    {
        // Of reCAPTCHA it comes from somebody's Android app; hCaptcha was asked about the site's key.
        _provider.Hostname = null;
        (await VerifyAsync(provider)).ToString().ShouldBe(verdict);

        _provider.Hostname = "not-provided";
        (await VerifyAsync(provider)).ToString().ShouldBe(verdict);
    }

    [Theory]
    [InlineData("contact-form")]
    [InlineData("")]
    [InlineData(null)]
    public async Task AnswerGivenForAnotherPurposeIsRefused(string? action)
    {
        _provider.Further.Remove("action");
        if (action is not null)
        {
            _provider.Further["action"] = action;
        }

        (await VerifyAsync("Turnstile")).ShouldBe(ExternalVerdict.Refused);
        (await VerifyAsync("HCaptcha")).ShouldBe(ExternalVerdict.Passed, "it knows no purposes");
    }

    [Theory]
    [InlineData("ReCaptcha", 0.9, "Passed")]
    [InlineData("ReCaptcha", 0.1, "Refused")]
    [InlineData("HCaptcha", 0.1, "Passed")]
    [InlineData("HCaptcha", 0.9, "Refused")]
    [InlineData("HCaptcha", null, "Passed")]
    [InlineData("Turnstile", 0.1, "Passed")]
    public async Task ScoreCounts_AsEachProviderMeansIt(string provider, double? score, string verdict)
    {
        if (score is { } given)
        {
            _provider.Further["score"] = given;
        }

        (await VerifyAsync(provider, leastScore: 0.5)).ToString().ShouldBe(verdict);
        (await VerifyAsync(provider, leastScore: 0)).ShouldBe(ExternalVerdict.Passed);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task ProviderIsAway_WhenItDoesNotAnswerInTime(string provider)
    {
        _provider.Failure = context => Task.Delay(TimeSpan.FromSeconds(30), context.RequestAborted);

        (await VerifyAsync(provider)).ShouldBe(ExternalVerdict.Unavailable);
    }

    private Task<ExternalVerdict> VerifyAsync(string provider, string? answer = null, string? field = null, double leastScore = 0)
    {
        var options = new ExternalOptions
        {
            Provider = Enum.Parse<ExternalProvider>(provider),
            SiteKey = ExternalStandIn.SiteKey,
            SecretKey = ExternalStandIn.Secret,
            VerifyUrl = _provider.Url + "/siteverify",
            Timeout = TimeSpan.FromSeconds(_provider.Failure is null ? 20 : 0.3),
            LeastScore = leastScore,
        };
        new ExternalOptions.Validator().Validate(null, options).Succeeded.ShouldBeTrue();
        DefaultHttpContext context = new();
        context.Request.Host = new HostString(Host);
        field ??= ExternalWidget.Of(options.Provider)!.Field;
        var challenge = new ExternalChallenge(_services.GetRequiredService<IHttpClientFactory>(), Options.Create(options), NullLogger<ExternalChallenge>.Instance);
        return challenge.VerifyAsync(context, new FormCollection(new() { [field] = answer ?? _provider.Answer() }), TestContext.Current.CancellationToken);
    }
}
