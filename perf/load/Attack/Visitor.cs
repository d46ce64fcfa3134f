using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Authdog.Attack;

/// <summary>A browser without JavaScript at one address: keeps cookies, fills in forms, and waits in line when it is told to.</summary>
internal sealed partial class Visitor(HttpClient client, string address)
{
    private const string WorkField = "challenge-work";

    private readonly Dictionary<string, string> _cookies = new(StringComparer.Ordinal);

    /// <summary>How long it waits in line at most; zero goes away at once.</summary>
    public TimeSpan Patience { get; init; }

    /// <summary>Whether it does the work of a silent challenge, as a browser's worker does.</summary>
    public bool Solves { get; init; }

    /// <summary>Ends the session and keeps what makes this browser known.</summary>
    public void Leave() => _cookies.Remove("authdog");

    public async Task<Outcome> SignInAsync(string email, string password, CancellationToken cancellationToken)
    {
        var page = await SendAsync(HttpMethod.Get, "/.authdog/login?return=/app/", null, cancellationToken);
        var worked = false;
        (page, worked) = await WorkAsync(await SubmitAsync(page, "email", email, cancellationToken), worked, cancellationToken);
        page = await WaitAsync(page, cancellationToken);
        for (var asked = 0; asked < 3 && page.Form("password") is not null; asked++)
        {
            (page, worked) = await WorkAsync(await SubmitAsync(page, "password", password, cancellationToken), worked, cancellationToken);
            if (page.Status is not HttpStatusCode.ServiceUnavailable || Patience <= TimeSpan.Zero)
            {
                break;
            }

            page = await WaitAsync(page, cancellationToken);
        }

        return Judge(page) is var outcome && outcome is Outcome.SignedIn && worked ? Outcome.SignedInAfterWork : outcome;
    }

    /// <summary>A page of the app: null, or what came instead.</summary>
    public async Task<string?> VisitAsync(CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Get, "/app/", null);
        using var answer = await client.SendAsync(request, cancellationToken);
        await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        return answer.StatusCode is HttpStatusCode.OK ? null : $"{(int)answer.StatusCode} {answer.Headers.Location?.OriginalString.Split('?')[0]}".TrimEnd();
    }

    private static Outcome Judge(Page page) => page.Status switch
    {
        HttpStatusCode.SeeOther when page.HasSession => Outcome.SignedIn,
        HttpStatusCode.UnprocessableEntity => Outcome.Wrong,
        HttpStatusCode.TooManyRequests => Outcome.Limited,
        HttpStatusCode.ServiceUnavailable => Outcome.Waited,
        _ when page.Html.Contains("challenge", StringComparison.OrdinalIgnoreCase) => Outcome.Challenged,
        _ => Outcome.Failed,
    };

    // Where it does the work of a challenge, the form that waits behind it goes on.
    private async Task<(Page Page, bool Worked)> WorkAsync(Page page, bool worked, CancellationToken cancellationToken)
    {
        for (var times = 0; times < 3 && Solves && page.Work is { } work && page.Form(WorkField) is { } form; times++)
        {
            form.Fields[WorkField] = work.Solve(cancellationToken);
            page = await SendAsync(HttpMethod.Post, form.Action, form.Fields, cancellationToken);
            worked = true;
        }

        return (page.HasSession ? page : await FollowAsync(page, cancellationToken), worked);
    }

    private async Task<Page> WaitAsync(Page page, CancellationToken cancellationToken)
    {
        for (var waited = Stopwatch.StartNew(); page.Status is HttpStatusCode.ServiceUnavailable && waited.Elapsed < Patience;)
        {
            await Task.Delay(TimeSpan.FromSeconds(page.Again), cancellationToken);
            page = await FollowAsync(await SendAsync(HttpMethod.Get, "/.authdog/wait", null, cancellationToken), cancellationToken);
        }

        return page;
    }

    private async Task<Page> SubmitAsync(Page page, string field, string value, CancellationToken cancellationToken)
    {
        if (page.Form(field) is not { } form)
        {
            return page;
        }

        form.Fields[field] = value;
        var answer = await SendAsync(HttpMethod.Post, form.Action, form.Fields, cancellationToken);
        return field == "password" ? answer : await FollowAsync(answer, cancellationToken);
    }

    private async Task<Page> FollowAsync(Page page, CancellationToken cancellationToken)
    {
        for (var hops = 0; hops < 5 && page.Location is { } location && location.StartsWith("/.authdog/", StringComparison.Ordinal); hops++)
        {
            page = await SendAsync(HttpMethod.Get, location, null, cancellationToken);
        }

        return page;
    }

    private async Task<Page> SendAsync(HttpMethod method, string target, Dictionary<string, string>? form, CancellationToken cancellationToken)
    {
        using var request = Request(method, target, form);
        using var answer = await client.SendAsync(request, cancellationToken);
        foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        {
            var pair = cookie.Split(';')[0].Split('=', 2);
            _cookies[pair[0]] = pair[1];
        }

        return new Page(
            answer.StatusCode,
            answer.Headers.Location?.OriginalString,
            await answer.Content.ReadAsStringAsync(cancellationToken),
            answer.Headers.RetryAfter?.Delta?.TotalSeconds ?? 5,
            _cookies.GetValueOrDefault("authdog") is { Length: > 0 });
    }

    private HttpRequestMessage Request(HttpMethod method, string target, Dictionary<string, string>? form)
    {
        var request = new HttpRequestMessage(method, target) { Content = form is null ? null : new FormUrlEncodedContent(form) };
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", address);
        request.Headers.TryAddWithoutValidation("Accept", "text/html");
        request.Headers.TryAddWithoutValidation("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36");
        if (_cookies.Count > 0)
        {
            request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", _cookies.Where(cookie => cookie.Value.Length > 0).Select(cookie => $"{cookie.Key}={cookie.Value}")));
        }

        return request;
    }

    private sealed partial record Page(HttpStatusCode Status, string? Location, string Html, double Again, bool HasSession)
    {
        /// <summary>The form that has a field, with its hidden ones.</summary>
        public (string Action, Dictionary<string, string> Fields)? Form(string field)
        {
            foreach (Match form in Forms().Matches(Html))
            {
                if (form.Groups[2].Value.Contains($"name=\"{field}\"", StringComparison.Ordinal))
                {
                    return (
                        WebUtility.HtmlDecode(form.Groups[1].Value),
                        Hidden().Matches(form.Groups[2].Value).ToDictionary(hidden => hidden.Groups[1].Value, hidden => WebUtility.HtmlDecode(hidden.Groups[2].Value), StringComparer.Ordinal));
                }
            }

            return null;
        }

        /// <summary>The work of a silent challenge.</summary>
        public Work? Work => Works().Match(Html) is { Success: true } work ? new Work(WebUtility.HtmlDecode(work.Groups[1].Value), int.Parse(work.Groups[2].Value, CultureInfo.InvariantCulture)) : null;

        [GeneratedRegex("data-work=\"([^\"]*)\" data-bits=\"(\\d+)\"")]
        private static partial Regex Works();

        [GeneratedRegex("<form[^>]*action=\"([^\"]*)\"[^>]*>(.*?)</form>", RegexOptions.Singleline)]
        private static partial Regex Forms();

        [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"")]
        private static partial Regex Hidden();
    }
}
