using System.Text.Json;
using Authdog.Identity.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Challenges;

/// <summary>The configured provider's challenge: its widget in the page, and the verification of its answers between the gateway and the provider.</summary>
internal sealed class ExternalChallenge(IHttpClientFactory clients, IOptions<ExternalOptions> options, ILogger<ExternalChallenge> logger)
{
    /// <summary>Name of the HTTP client.</summary>
    public const string ClientName = "external-challenge";

    // The longest that any of the three documents is some 4 KB.
    private const int MaxAnswer = 8192;

    // What hCaptcha says in the place of a host that it does not tell.
    private const string NoHost = "not-provided";
    private readonly ExternalWidget? _widget = ExternalWidget.Of(options.Value.Provider);

    /// <summary>Whether there is one.</summary>
    public bool IsConfigured => _widget is not null;

    /// <summary>Class of the widget's element.</summary>
    public string Class => _widget!.Class;

    /// <summary>The widget's script.</summary>
    public string Script => options.Value.ScriptUrl ?? _widget!.Script;

    /// <summary>What the widget is drawn for; null where the provider knows no purposes.</summary>
    public string? Action => _widget!.Action;

    /// <summary>The site's public key.</summary>
    public string SiteKey => options.Value.SiteKey!;

    /// <summary>Opens the page's content security policy for the provider, and for nobody else.</summary>
    public void OpenPolicy(HttpResponse response)
    {
        var sources = options.Value.ScriptUrl is { } own ? $"{new Uri(own).GetLeftPart(UriPartial.Authority)} {_widget!.Sources}" : _widget!.Sources;
        response.Headers.ContentSecurityPolicy = PageRenderer.ContentSecurityPolicy
            .Replace("script-src 'self'", $"script-src 'self' {sources}", StringComparison.Ordinal)
            .Replace("style-src 'self'", $"style-src 'self' {sources}", StringComparison.Ordinal)
            + $"; frame-src {sources}; connect-src {sources}";
    }

    /// <summary>Has the provider judge what its widget put into the form.</summary>
    public async Task<ExternalVerdict> VerifyAsync(HttpContext context, IFormCollection form, CancellationToken cancellationToken)
    {
        if (form[_widget!.Field].ToString() is not { Length: > 0 and <= MaxAnswer } answer)
        {
            return ExternalVerdict.Refused;
        }

        using var client = clients.CreateClient(ClientName);
        client.Timeout = options.Value.Timeout;
        try
        {
            using var content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["secret"] = options.Value.SecretKey!,
                ["response"] = answer,
                ["remoteip"] = context.Connection.RemoteIpAddress?.ToString() ?? string.Empty,
                ["sitekey"] = options.Value.SiteKey!,
            });
            using var response = await client.PostAsync(new Uri(options.Value.VerifyUrl ?? _widget.Verify), content, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                ChallengesLog.ProviderFailed(logger, options.Value.Provider, $"status {(int)response.StatusCode}");
                return ExternalVerdict.Unavailable;
            }

            using var json = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
            return Judge(json.RootElement, context.Request.Host.Host);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            ChallengesLog.ProviderFailed(logger, options.Value.Provider, e.GetType().Name);
            return ExternalVerdict.Unavailable;
        }
    }

    // An answer that was given on somebody else's page with this site's key is none, nor is one that another form of this site got.
    private ExternalVerdict Judge(JsonElement answer, string host)
    {
        if (answer.ValueKind is not JsonValueKind.Object || !answer.TryGetProperty("success", out var success) || success.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            ChallengesLog.ProviderFailed(logger, options.Value.Provider, "no verdict");
            return ExternalVerdict.Unavailable;
        }

        return success.GetBoolean() && IsHere(answer, host) && (_widget!.Action is null || Text(answer, "action") == _widget.Action) && IsLikelyEnough(answer)
            ? ExternalVerdict.Passed
            : ExternalVerdict.Refused;
    }

    private bool IsHere(JsonElement answer, string host) => Text(answer, "hostname") switch
    {
        null or NoHost => !_widget!.AlwaysNamesHost,
        var name => string.Equals(name, host, StringComparison.OrdinalIgnoreCase),
    };

    // Not every key gives scores: without one, the provider's yes is all there is.
    private bool IsLikelyEnough(JsonElement answer)
    {
        if (_widget!.Score is ExternalScore.None || !answer.TryGetProperty("score", out var given) || given.ValueKind is not JsonValueKind.Number)
        {
            return true;
        }

        var person = _widget.Score is ExternalScore.Risk ? 1 - given.GetDouble() : given.GetDouble();
        return person >= options.Value.LeastScore;
    }

    private static string? Text(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
