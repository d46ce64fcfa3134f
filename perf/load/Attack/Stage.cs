namespace Authdog.Attack;

/// <summary>What a player has to know: it goes to its standard input as one line of JSON.</summary>
/// <param name="Url">The gateway.</param>
/// <param name="App">The app behind it.</param>
/// <param name="People">Accounts of honest people who sign in again and again.</param>
/// <param name="Crowd">Accounts of people who come all at once.</param>
/// <param name="Workers">Attackers at once.</param>
/// <param name="Seconds">The longest that a phase takes.</param>
/// <param name="Rate">Requests a second to the app.</param>
internal sealed record Stage(Uri Url, Uri App, Account[] People, Account[] Crowd, int Workers, int Seconds, int Rate)
{
    public TimeSpan Longest => TimeSpan.FromSeconds(Seconds);

    public HttpClient Connect() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = 512 }) { BaseAddress = Url, Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>Browsers of the people, at addresses of their own, signed in one after another while nobody attacks.</summary>
    public async Task<Visitor[]> SignInAsync(HttpClient client, int from)
    {
        var visitors = People.Select((_, i) => new Visitor(client, $"192.0.2.{from + i}") { Patience = TimeSpan.FromMinutes(2), Solves = true }).ToArray();
        for (var i = 0; i < People.Length; i++)
        {
            if (await visitors[i].SignInAsync(People[i].Email, People[i].Password, CancellationToken.None) is var outcome and not Outcome.SignedIn)
            {
                throw new InvalidOperationException($"Nobody can sign in, with nobody attacking: {outcome}.");
            }
        }

        return visitors;
    }
}
