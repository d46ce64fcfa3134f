using System.Diagnostics;
using System.Text.RegularExpressions;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Pages;
using Authdog.Identity.Passwords;
using Authdog.Identity.Tests.Pages;
using Authdog.Identity.Tests.Passkeys;
using Authdog.Identity.Users;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Login;

/// <summary>Does an address have an account? Whoever asks every door gets the same answer, after the same time, whether it has or not.</summary>
/// <remarks>
/// Samples of both kinds alternate, in random order within each pair, so that whatever else the machine does falls on both. A difference counts when
/// it is both sure (Mann–Whitney's U, one in a million) and large enough to be of use over a network (a fifth of the time and two milliseconds):
/// a hash that is left out is ten times that.
/// </remarks>
[Trait("Threat", "I1")]
public sealed partial class EnumerationTests(PasskeyPagesHost passkeys) : IClassFixture<PasskeyPagesHost>
{
    private const int Pairs = 30;
    private const int WarmUp = 4;
    private const double SureZ = 4.9;
    private const string Password = "correct horse battery 4711";
    private readonly PagesHost _host = passkeys.Pages;
    private string? _trace;

    [Theory]
    [InlineData("identifier")]
    [InlineData("password")]
    [InlineData("passkey options")]
    [InlineData("sign-up")]
    [InlineData("recovery")]
    public async Task TellsNobody_WhetherAnAddressHasAnAccount(string door)
    {
        var people = await PeopleAsync(Pairs + WarmUp);
        List<double> existing = [], absent = [];
        List<double> existingLengths = [], absentLengths = [];
        HashSet<string> answers = [];
        for (var i = -WarmUp; i < Pairs; i++)
        {
            var (known, unknown) = (people[i + WarmUp], $"p{Guid.NewGuid():N}@example.com");
            var knownFirst = System.Security.Cryptography.RandomNumberGenerator.GetInt32(2) == 0;
            foreach (var isKnown in new[] { knownFirst, !knownFirst })
            {
                var (time, length, answer) = await AskAsync(door, isKnown ? known : unknown);
                if (i >= 0)
                {
                    (isKnown ? existing : absent).Add(time);
                    (isKnown ? existingLengths : absentLengths).Add(length);
                    answers.Add(answer);
                }
            }
        }

        answers.ShouldHaveSingleItem();

        // What is sealed is a little longer or shorter by chance (a plus sign in base64 takes six characters in JSON); a user's id would be fifty.
        Math.Abs(Median(existingLengths) - Median(absentLengths)).ShouldBeLessThan(30);
        var (z, difference) = (MannWhitneyZ(existing, absent), Math.Abs(Median(existing) - Median(absent)));
        var usable = Math.Max(2, Math.Min(Median(existing), Median(absent)) / 5);
        TestContext.Current.TestOutputHelper?.WriteLine($"{door}: {Median(existing):0.00} ms with an account, {Median(absent):0.00} ms without; z = {z:0.0}");
        (Math.Abs(z) > SureZ && difference > usable).ShouldBeFalse($"{door}: {Median(existing):0.00} ms with an account, {Median(absent):0.00} ms without; z = {z:0.0}");
    }

    /// <summary>What no clock of a busy machine shows: the database is asked the same, in the same order, down to the event that is written.</summary>
    [Theory]
    [InlineData("identifier")]
    [InlineData("password")]
    [InlineData("passkey options")]
    [InlineData("sign-up")]
    [InlineData("recovery")]
    public async Task AsksTheDatabaseTheSame_WhetherAnAddressHasAnAccount(string door)
    {
        var people = await PeopleAsync(2);
        List<IReadOnlyList<string>> asked = [];
        foreach (var email in new[] { people[0], $"p{Guid.NewGuid():N}@example.com", people[1], $"p{Guid.NewGuid():N}@example.com" })
        {
            _trace = Guid.NewGuid().ToString("N");
            await AskAsync(door, email);
            asked.Add(_host.Logs.CommandsOf(_trace));
        }

        // The first warms up; what is read once and kept is none of the account's.
        asked[2].ShouldBe(asked[3], door);
        TestContext.Current.TestOutputHelper?.WriteLine($"{door}: {asked[3].Count} commands");
        (asked[3].Count > 0).ShouldBe(door is "password" or "sign-up" or "recovery", "of an address alone nothing is asked");
    }

    [Fact]
    public void FindsTheDifference_WhenThereIsOne()
    {
        List<double> slow = [.. Enumerable.Range(0, 40).Select(i => 30.0 + (i % 7))], quick = [.. Enumerable.Range(0, 40).Select(i => 3.0 + (i % 5))];
        Math.Abs(MannWhitneyZ(slow, quick)).ShouldBeGreaterThan(SureZ);
        Math.Abs(MannWhitneyZ(slow, [.. slow.Select(time => time + 0.01)])).ShouldBeLessThan(SureZ);
    }

    private async Task<List<string>> PeopleAsync(int count)
    {
        await using var scope = await _host.ScopeAsync();
        var users = scope.ServiceProvider.GetRequiredService<UserDirectory>();
        var hash = await scope.ServiceProvider.GetRequiredService<PasswordHashing>().HashAsync(Password, CancellationToken.None);
        List<string> people = [];
        for (var i = 0; i < count; i++)
        {
            people.Add($"p{Guid.NewGuid():N}@example.com");
            (EmailAddress.TryParse(people[^1], out var email) && await users.CreateAsync(email, emailVerified: true, "Ada", hash, CancellationToken.None) is not null).ShouldBeTrue();
        }

        return people;
    }

    private async Task<(double Milliseconds, int Length, string Answer)> AskAsync(string door, string email)
    {
        using var browser = _host.NewBrowser();
        Task<ReceivedPage> Traced(Func<Task<ReceivedPage>> ask)
        {
            if (_trace is not null)
            {
                browser.Client.DefaultRequestHeaders.Add("traceparent", $"00-{_trace}-00f067aa0ba902b7-01");
            }

            return ask();
        }

        switch (door)
        {
            case "identifier":
                var begin = await browser.GetAsync(PagePaths.Login);
                return await MeasureAsync(email, () => Traced(() => browser.SubmitAsync(begin, ("email", email))));
            case "password":
                var form = await PasswordFormAsync(browser, email);
                return await MeasureAsync(email, () => Traced(() => browser.SubmitAsync(form, ("password", "wrong horse battery 4711"))));
            case "passkey options":
                var flow = (await PasswordFormAsync(browser, email)).Form(null).Hidden["flow"];
                var options = await MeasureAsync(email, () => Traced(() => browser.GetAsync($"{PagePaths.Login}?flow={flow}&method=passkey")));
                options.Answer.ShouldContain("data-ceremony=\"get\"");
                return options;
            case "sign-up":
                var signUp = await browser.GetAsync(PagePaths.SignUp);
                return await MeasureAsync(email, () => Traced(() => browser.SubmitAsync(signUp, ("email", email), ("name", "Ada"), ("password", Password + "x"))));
            default:
                var recover = await browser.GetAsync(PagePaths.Recover);
                return await MeasureAsync(email, () => Traced(() => browser.SubmitAsync(recover, ("email", email))));
        }
    }

    private static async Task<ReceivedPage> PasswordFormAsync(Browser browser, string email) =>
        await browser.FollowAsync(await browser.SubmitAsync(await browser.GetAsync(PagePaths.Login), ("email", email)));

    private static async Task<(double Milliseconds, int Length, string Answer)> MeasureAsync(string email, Func<Task<ReceivedPage>> ask)
    {
        var started = Stopwatch.GetTimestamp();
        var page = await ask();
        var time = Stopwatch.GetElapsedTime(started).TotalMilliseconds;

        // Random values and the address itself are what may differ; their places may not.
        var headers = page.Headers.Where(header => header.Key is not "Date").OrderBy(header => header.Key, StringComparer.Ordinal).Select(header => $"{header.Key}: {header.Value}");
        return (time, page.Html.Length, Masked($"{(int)page.Status} {page.Location}\n{string.Join('\n', headers)}\n{page.Html}", email));
    }

    private static string Masked(string answer, string email) =>
        Random().Replace(answer.Replace(email, "ADDRESS", StringComparison.Ordinal).Replace(Uri.EscapeDataString(email), "ADDRESS", StringComparison.Ordinal), "*");

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    // By the normal approximation; ties get the mean of their ranks.
    private static double MannWhitneyZ(List<double> one, List<double> other)
    {
        var all = one.Select(value => (value, IsOne: true)).Concat(other.Select(value => (value, IsOne: false))).OrderBy(pair => pair.value).ToList();
        double ranks = 0;
        for (var i = 0; i < all.Count;)
        {
            var end = i;
            while (end < all.Count && all[end].value.Equals(all[i].value))
            {
                end++;
            }

            ranks += all[i..end].Count(pair => pair.IsOne) * ((i + 1 + end) / 2.0);
            i = end;
        }

        var u = ranks - (one.Count * (one.Count + 1) / 2.0);
        var mean = one.Count * (double)other.Count / 2;
        return (u - mean) / Math.Sqrt(mean * (one.Count + other.Count + 1) / 6);
    }

    [GeneratedRegex("[A-Za-z0-9_%-]{22,}")]
    private static partial Regex Random();
}
