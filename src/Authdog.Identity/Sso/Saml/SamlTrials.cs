using Authdog.Identity.Redis;
using Authdog.Protocols.Saml.Bindings;
using Authdog.Protocols.Saml.Parties;
using Authdog.Protocols.Saml.Requests;
using Authdog.Protocols.Saml.Responses;
using Microsoft.AspNetCore.WebUtilities;

namespace Authdog.Identity.Sso.Saml;

/// <summary>Tries a sign-in for who sets a connection up: a real round trip, judged as any other, whose outcome is a report and no session.</summary>
internal sealed class SamlTrials(SamlConnections connections, SamlAnswers answers, OneTimeTokenStore tokens, TimeProvider time)
{
    private const string Trial = "saml-trial";
    private const string Report = "saml-trial-report";
    private const int MaxRows = 50;
    private const int MaxText = 300;
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(15);

    /// <summary>Begins one; null while the connection does not know its identity provider.</summary>
    public async Task<OutgoingMessage?> BeginAsync(ConnectionRecord connection, string returnPath, CancellationToken cancellationToken)
    {
        var parties = connections.Of(connection);
        if (parties.Provider is not { } provider || SamlIdentityProvider.Choose(provider.SingleSignOn, parties.Settings.Binding) is not { } endpoint)
        {
            return null;
        }

        var request = new AuthnRequest { Id = MessageId.Next(), IssueInstant = time.GetUtcNow(), NameIdFormat = parties.Settings.NameIdFormat };
        var handle = await tokens.IssueAsync(connection.Tenant, Trial, new SamlTrial(connection.Id, request.Outstanding, returnPath), s_lifetime, cancellationToken);
        return request.Send(parties.Self, endpoint, handle, parties.SignsRequests);
    }

    /// <summary>Judges an answer, if it is to a trial, and returns the address of the report; null when it is to something else.</summary>
    public async Task<string?> AnswerAsync(ConnectionRecord connection, ReceivedMessage message, CancellationToken cancellationToken)
    {
        if (await tokens.TakeAsync<SamlTrial>(connection.Tenant, Trial, message.RelayState, cancellationToken) is not { } trial || trial.Connection != connection.Id)
        {
            return null;
        }

        var (assertion, error) = await answers.VerifyAsync(connection, message, trial.Request, cancellationToken);
        var report = assertion is null
            ? new SamlTrialReport { Connection = connection.Id, Code = (int)error!.Code, Problem = error.ToString() }
            : Of(assertion, connection, connections.Of(connection));
        return QueryHelpers.AddQueryString(trial.Return, "report", await tokens.IssueAsync(connection.Tenant, Report, report, s_lifetime, cancellationToken));
    }

    /// <summary>A report, once; null when it is over, or another connection's.</summary>
    public async Task<SamlTrialReport?> ReportAsync(ConnectionRecord connection, string? secret, CancellationToken cancellationToken) =>
        await tokens.TakeAsync<SamlTrialReport>(connection.Tenant, Report, secret, cancellationToken) is { } report && report.Connection == connection.Id ? report : null;

    private static SamlTrialReport Of(VerifiedSamlAssertion assertion, ConnectionRecord connection, SamlParties parties)
    {
        var person = SamlPerson.Of(assertion, parties.Self, parties.Settings, connection.Mapping);
        var subject = parties.Settings.SubjectAttribute;
        var nameId = subject is null && person.Subject is not null ? "Setup.TestSubject" : person is { Email: not null, EmailFrom: null } ? "Setup.ClaimEmail" : null;
        return new SamlTrialReport
        {
            Connection = connection.Id,
            HasSubject = person.Subject is not null,
            Email = person.Email?.Value,
            Rows =
            [
                new SamlTrialRow("NameID", Cut(assertion.NameId.Value), nameId),
                .. assertion.Attributes.Take(MaxRows).Select(attribute => new SamlTrialRow(Cut(attribute.Name), Cut(string.Join(", ", attribute.Values.Take(20))), Becomes(attribute.Name))),
            ],
        };

        string? Becomes(string name) =>
            name == subject ? "Setup.TestSubject"
            : name == person.EmailFrom ? "Setup.ClaimEmail"
            : person.NameFrom.Contains(name) ? "Setup.ClaimName"
            : name == person.GroupsFrom ? "Setup.ClaimGroups"
            : null;
    }

    private static string Cut(string text) => text.Length > MaxText ? text[..MaxText] + "…" : text;
}
