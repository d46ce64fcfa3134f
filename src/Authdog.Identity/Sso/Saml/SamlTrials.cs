using Authdog.Identity.Redis;
using Authdog.Protocols.Saml.Bindings;
using Authdog.Protocols.Saml.Parties;
using Authdog.Protocols.Saml.Requests;
using Authdog.Protocols.Saml.Responses;

namespace Authdog.Identity.Sso.Saml;

/// <summary>Tries a sign-in for who sets a connection up: a real round trip, judged as any other, whose outcome is a report and no session.</summary>
internal sealed class SamlTrials(SamlConnections connections, SamlAnswers answers, TrialReports reports, OneTimeTokenStore tokens, TimeProvider time)
{
    private const string Trial = "saml-trial";

    /// <summary>Begins one; null while the connection does not know its identity provider.</summary>
    public async Task<OutgoingMessage?> BeginAsync(ConnectionRecord connection, string returnPath, CancellationToken cancellationToken)
    {
        var parties = connections.Of(connection);
        if (parties.Provider is not { } provider || SamlIdentityProvider.Choose(provider.SingleSignOn, parties.Settings.Binding) is not { } endpoint)
        {
            return null;
        }

        var request = new AuthnRequest { Id = MessageId.Next(), IssueInstant = time.GetUtcNow(), NameIdFormat = parties.Settings.NameIdFormat };
        var handle = await tokens.IssueAsync(connection.Tenant, Trial, new SamlTrial(connection.Id, request.Outstanding, returnPath), TrialReports.Lifetime, cancellationToken);
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
            ? new TrialReport { Connection = connection.Id, Why = SamlTrialWords.Of(error!.Code), Problem = error.ToString() }
            : Of(assertion, connection, connections.Of(connection));
        return await reports.KeepAsync(connection, report, trial.Return, cancellationToken);
    }

    private static TrialReport Of(VerifiedSamlAssertion assertion, ConnectionRecord connection, SamlParties parties)
    {
        var person = SamlPerson.Of(assertion, parties.Self, parties.Settings, connection.Mapping);
        var subject = parties.Settings.SubjectAttribute;
        var nameId = subject is null && person.Subject is not null ? "Setup.TestSubject" : person is { Email: not null, EmailFrom: null } ? "Setup.ClaimEmail" : null;
        return new TrialReport
        {
            Connection = connection.Id,
            HasSubject = person.Subject is not null,
            Email = person.Email?.Value,
            Rows =
            [
                TrialRow.Of("NameID", assertion.NameId.Value, nameId),
                .. assertion.Attributes.Take(TrialRow.Most).Select(attribute => TrialRow.Of(attribute.Name, string.Join(", ", attribute.Values.Take(20)), Becomes(attribute.Name))),
            ],
        };

        string? Becomes(string name) =>
            name == subject ? "Setup.TestSubject"
            : name == person.EmailFrom ? "Setup.ClaimEmail"
            : person.NameFrom.Contains(name) ? "Setup.ClaimName"
            : name == person.GroupsFrom ? "Setup.ClaimGroups"
            : connection.Mapping.Attributes.ContainsValue(name) ? "Setup.ClaimAttribute"
            : null;
    }
}
