using System.Collections.Immutable;
using System.Net;
using Authdog.Identity.Accounts.Devices;
using Authdog.Identity.Bots;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Login.Risk;

/// <summary>Looks for what is unusual about a sign-in, by the account's own history: device, country, distance; by the operator's list of networks; by whether it looks like a program's; and by whether others may know the password.</summary>
internal sealed class RiskAssessor(
    DirectoryContext context,
    KnownBrowsers browsers,
    SignInPlaces places,
    NetworkFile blocked,
    BotScoring scoring,
    CurrentTenant tenant,
    TenantOptions<RiskOptions> options,
    IOptions<RiskOptions> gateway,
    TimeProvider time)
{
    private const int Remembered = 50;
    private const double NearInKilometres = 300;

    public async Task<RiskAssessment> AssessAsync(HttpContext request, LoginFlow flow, User user)
    {
        var address = request.Connection.RemoteIpAddress;
        List<RiskSignal> signals = [];
        if (blocked.Contains(address))
        {
            signals.Add(RiskSignal.BlockedAddress);
        }

        if (scoring.ScoreOf(request).Value >= gateway.Value.BotScore)
        {
            signals.Add(RiskSignal.LikelyBot);
        }

        if (flow.Transaction.LeakedPassword)
        {
            signals.Add(RiskSignal.LeakedPassword);
        }

        var history = await context.Set<SignIn>().AsNoTracking().Where(signIn => signIn.UserId == user.Id && signIn.Succeeded)
            .OrderByDescending(signIn => signIn.Id).Take(Remembered).Select(signIn => new Past(signIn.At, signIn.Address)).ToListAsync(request.RequestAborted);
        if (history.Count > 0)
        {
            if (EmailAddress.TryParse(user.Email, out var email) && browsers.Find(request, tenant.Id, email) is null)
            {
                signals.Add(RiskSignal.NewDevice);
            }

            signals.AddRange(OfPlace(address, history));
        }

        var settings = options.Value;
        return new RiskAssessment([.. signals], RiskLevels.Of(signals), signals.Select(settings.Of).DefaultIfEmpty(RiskTreatment.None).Max());
    }

    private IEnumerable<RiskSignal> OfPlace(IPAddress? address, IReadOnlyList<Past> history)
    {
        if (address is null || places.Find(address) is not { } here)
        {
            yield break;
        }

        var before = history.Select(past => (past.At, Place: IPAddress.TryParse(past.Address, out var there) ? places.Find(there) : null)).ToList();
        var countries = before.Select(past => past.Place?.Country).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (here.Country is { } country && countries.Count > 0 && !countries.Contains(country))
        {
            yield return RiskSignal.NewCountry;
        }

        if (before[0] is (var at, { } last) && last.DistanceTo(here) is { } distance and > NearInKilometres
            && distance > (time.GetUtcNow() - at).TotalHours * gateway.Value.FastestTravel)
        {
            yield return RiskSignal.ImpossibleTravel;
        }
    }

    private sealed record Past(DateTimeOffset At, string? Address);
}
