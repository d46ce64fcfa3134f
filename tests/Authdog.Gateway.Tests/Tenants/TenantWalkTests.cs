using System.Net;
using System.Text.RegularExpressions;
using Authdog.Identity.ApiKeys;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Invitations;
using Authdog.Identity.Mail;
using Authdog.Identity.Sessions;
using Authdog.Identity.Sso;
using Authdog.Identity.Sso.Domains;
using Authdog.Identity.Sso.Setup;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Authdog.Gateway.Tests.Tenants;

/// <summary>Walks every endpoint that there is, as somebody of acme with a session, a page's form token and a key of their own, who sends whatever they could get hold of of globex: ids, links, flows, keys. They see nothing of it, and nothing of it changes.</summary>
[Trait("Threat", "I10")]
public sealed partial class TenantWalkTests(TenantsFixture fixture) : IClassFixture<TenantsFixture>
{
    private const string Marker = "markerofglobex";
    private const string Address = Marker + "@globex.test";

    // What a route may have besides text of its own. A parameter that is not here fails the walk: whoever adds an endpoint says what of another tenant fits it.
    private static readonly string[] s_free = ["name", "document", "hash", "documentName", "place", "id", "provider", "rest", "any"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryEndpointGivesAndChangesNothing_WhenEverythingSentIsAnotherTenants()
    {
        var (user, session, ids) = await FillGlobexAsync();
        var links = await LinksAsync();
        links.Count.ShouldBe(3);
        var key = await KeyAsync(TenantsFixture.Acme);
        var foreignKey = await KeyAsync(TenantsFixture.Globex);
        var before = await StateAsync(user);
        var asked = 0;
        foreach (var endpoint in fixture.Gateway.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var path = "/" + Parameters().Replace(endpoint.RoutePattern.RawText!, match => Value(match.Groups[1].Value, ids, endpoint)).TrimStart('/');
            foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            {
                var (cookies, form) = await AcmeAsync();
                foreach (var (name, id) in ids)
                {
                    form.TryAdd(name, id);
                }

                form["email"] = "somebody@acme.test";
                form["invite"] = _invite;
                form["password"] = form["new-password"] = "correct horse battery staple";
                foreach (var token in links)
                {
                    form["token"] = token;
                    var query = $"?token={token}&flow={Uri.EscapeDataString(ids["flow"])}&tenant=globex&user={ids["user"]}&session={ids["session"]}{(path.StartsWith("/.authdog/setup", StringComparison.Ordinal) ? $"&connection={ids["connection"]}&invite={_invite}" : string.Empty)}";

                    var answer = await fixture.AskAsync("acme.test", path + query, cookies, method, fields: form, bearer: key);

                    ((int)answer.Status).ShouldBeLessThan(500, $"{method} {path}: {answer.Body}");

                    // The address that was asked for, its query included, is no news.
                    (answer.Body + answer.Location + string.Join(' ', answer.Cookies)).Replace(path, string.Empty, StringComparison.Ordinal).Replace($"connection={ids["connection"]}", string.Empty, StringComparison.Ordinal).Replace(Uri.EscapeDataString(path), string.Empty, StringComparison.Ordinal).ShouldNotContain(Marker, Case.Insensitive, $"{method} {path}");
                    asked++;
                }

                // A key of globex, on whatever host, is globex's alone: acme's address finds nothing with it.
                if (path.StartsWith("/.authdog/api/v1/tenants/globex", StringComparison.Ordinal))
                {
                    var acme = path.Replace("/tenants/globex", "/tenants/acme", StringComparison.Ordinal);
                    (await fixture.AskAsync("acme.test", acme, null, method, bearer: foreignKey)).Status.ShouldBeOneOf([HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed], $"{method} {acme}");
                }
            }
        }

        asked.ShouldBeGreaterThan(200);
        (await StateAsync(user)).ShouldBe(before);
        (await fixture.AskAsync("globex.test", "/members/x", session)).Status.ShouldBe(HttpStatusCode.OK);
        (await fixture.AskAsync("globex.test", $"/.authdog/setup?connection={ids["connection"]}&invite={_invite}")).Status.ShouldBe(HttpStatusCode.OK);
        foreach (var (path, token) in new[] { ("/.authdog/invitation", links[0]), ("/.authdog/recover", links[1]), ("/.authdog/verify-email", links[2]) })
        {
            // What the walk was made with works where it belongs: otherwise it would have shown nothing.
            (await fixture.AskAsync("globex.test", $"{path}?token={token}")).Status.ShouldBe(HttpStatusCode.OK, path);
        }
    }

    private string _invite = string.Empty;

    private static string Value(string parameter, Dictionary<string, string> ids, RouteEndpoint endpoint)
    {
        var name = parameter.TrimStart('*').Split(':', '=', '?')[0];
        return ids.TryGetValue(name, out var id) ? id
            : s_free.Contains(name) ? "x"
            : throw new InvalidOperationException($"{endpoint.RoutePattern.RawText} has the parameter '{name}': give the walk one of globex's, or say that it is no tenant's.");
    }

    private async Task<(UserId User, string Session, Dictionary<string, string> Ids)> FillGlobexAsync()
    {
        await using var scope = await ScopeAsync(TenantsFixture.Globex);
        var services = scope.ServiceProvider;
        EmailAddress.TryParse(Address, out var email).ShouldBeTrue();
        await services.GetRequiredService<RoleDirectory>().SetAsync(Marker, [Marker], Cancel);
        var user = (await services.GetRequiredService<UserDirectory>().CreateAsync(email, emailVerified: true, Marker, "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", Cancel)).ShouldNotBeNull();
        var group = (await services.GetRequiredService<GroupDirectory>().AddAsync(Marker, Cancel)).ShouldNotBeNull();
        await services.GetRequiredService<GroupDirectory>().AddMemberAsync(group, user, Cancel);
        EmailAddress.TryParse("invited." + Address, out var invited).ShouldBeTrue();
        var sent = (await services.GetRequiredService<InvitationDirectory>().SendAsync(new InvitationRequest(invited) { Roles = [Marker] }, Cancel)).ShouldBeOfType<InvitationResult.Sent>();
        var cookie = await fixture.SignInAsync(TenantsFixture.Globex, user: user.UserId);
        var live = (await services.GetRequiredService<SessionStore>().ListAsync(TenantsFixture.Globex, user.UserId, Cancel)).ShouldHaveSingleItem();
        var connection = new Connection { TenantId = TenantsFixture.Globex, Id = Guid.CreateVersion7(), Slug = Marker, Kind = ConnectionKind.Oidc, Name = Marker, Settings = "{}", Enabled = false, CreatedAt = TimeProvider.System.GetUtcNow(), UpdatedAt = TimeProvider.System.GetUtcNow() };
        (await services.GetRequiredService<ConnectionChanges>().AddAsync(connection, Cancel)).ShouldBeOfType<ConnectionChange.Done>();
        var (link, _) = await services.GetRequiredService<SetupLinks>().InviteAsync(TenantsFixture.Globex, connection.Slug, ConnectionKind.Oidc, SetupLinks.DefaultLifetime, Cancel);
        _invite = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(new Uri(link!).Query)["invite"].ToString();
        (await services.GetRequiredService<DomainVerification>().AddAsync(TenantsFixture.Globex, Marker + ".example", Cancel)).ShouldBeOfType<DomainChange.Done>();
        (await services.GetRequiredService<DomainVerification>().SetAsync(TenantsFixture.Globex, Marker + ".example", new DomainWishes { Join = true, JoinRoles = [Marker] }, Cancel)).ShouldBeOfType<DomainChange.Done>();
        var login = await fixture.AskAsync("globex.test", "/.authdog/login");
        return (user.UserId, cookie, new Dictionary<string, string>
        {
            ["tenant"] = "globex",
            ["user"] = user.UserId.ToString(),
            ["group"] = group.Id.ToString(),
            ["role"] = Marker + "x",
            ["invitation"] = sent.Invitation.Id.ToString(),
            ["request"] = sent.Invitation.Id.ToString(),
            ["session"] = live.Id.Value,
            ["connection"] = connection.Slug,
            ["slug"] = connection.Slug,
            ["domain"] = Marker + ".example",
            ["flow"] = Hidden(login.Body, "flow"),
        });
    }

    /// <summary>Secrets of links that were mailed to people of globex: an invitation, a recovery, a sign-up.</summary>
    private async Task<List<string>> LinksAsync()
    {
        foreach (var (path, fields) in new[]
        {
            ("/.authdog/recover", new Dictionary<string, string> { ["email"] = Address }),
            ("/.authdog/sign-up", new Dictionary<string, string> { ["email"] = "new." + Address, ["name"] = "", ["password"] = "correct horse battery staple" }),
        })
        {
            var page = await fixture.AskAsync("globex.test", path);
            fields["__RequestVerificationToken"] = Hidden(page.Body, "__RequestVerificationToken");
            (await fixture.AskAsync("globex.test", path, Cookies(page), "POST", fields: fields)).Status.ShouldBe(HttpStatusCode.SeeOther, path);
        }

        var outbox = fixture.Gateway.Services.GetRequiredService<IOptions<MailOptions>>().Value.OutboxPath;
        string[] kinds = ["/.authdog/invitation", "/.authdog/recover", "/.authdog/verify-email"];
        for (var tries = 0; tries < 500; tries++)
        {
            var texts = Directory.Exists(outbox) ? Directory.GetFiles(outbox, "*.eml").Select(file => File.ReadAllText(file).Replace("=\r\n", "", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal)).ToList() : [];
            var found = kinds.Select(kind => texts.Select(text => Regex.Match(text, Regex.Escape(kind) + @"\?token=([A-Za-z0-9_-]{43})")).FirstOrDefault(match => match.Success)?.Groups[1].Value).OfType<string>().ToList();
            if (found.Count == kinds.Length)
            {
                return found;
            }

            await Task.Delay(20, Cancel);
        }

        throw new TimeoutException("The messages did not come.");
    }

    /// <summary>A new person of acme with a session, and a form's token of their browser.</summary>
    private async Task<(string Cookies, Dictionary<string, string> Form)> AcmeAsync()
    {
        await using var scope = await ScopeAsync(TenantsFixture.Acme);
        EmailAddress.TryParse($"p{Guid.NewGuid():N}@acme.test", out var email).ShouldBeTrue();
        var user = (await scope.ServiceProvider.GetRequiredService<UserDirectory>().CreateAsync(email, emailVerified: true, null, null, Cancel)).ShouldNotBeNull();
        var page = _page ??= await fixture.AskAsync("acme.test", "/.authdog/login");
        return ($"{await fixture.SignInAsync(TenantsFixture.Acme, user: user.UserId)}; {Cookies(page)}", new Dictionary<string, string> { ["__RequestVerificationToken"] = Hidden(page.Body, "__RequestVerificationToken") });
    }

    private TenantsFixture.Answer? _page;

    /// <summary>All of globex that somebody could have changed.</summary>
    private async Task<string> StateAsync(UserId id)
    {
        await using var scope = await ScopeAsync(TenantsFixture.Globex);
        var services = scope.ServiceProvider;
        var users = await services.GetRequiredService<UserDirectory>().ListAsync(null, 1000, Cancel);
        var user = users.Single(user => user.UserId == id);
        var entitlements = await services.GetRequiredService<UserDirectory>().EntitlementsAsync(user, Cancel);
        var invitations = await services.GetRequiredService<InvitationDirectory>().ListAsync(null, 1000, Cancel);
        var tenant = await services.GetRequiredService<TenantDirectory>().FindAsync(TenantsFixture.Globex, Cancel);
        return string.Join('\n',
        [
            string.Join(' ', users.Select(user => $"{user.Id} {user.Email} {user.SecurityStamp} {user.ConcurrencyStamp} {user.PasswordHash}")),
            string.Join(' ', entitlements.Groups.Concat(entitlements.Roles)),
            string.Join(' ', invitations.Select(invitation => $"{invitation.Id} {invitation.State} {invitation.TokenHash}")),
            string.Join(' ', (await services.GetRequiredService<GroupDirectory>().ListAsync(Cancel)).Select(group => group.Name)),
            string.Join(' ', (await services.GetRequiredService<RoleDirectory>().ListAsync(Cancel)).Select(role => role.Name)),
            $"{tenant!.Name} {tenant.State} {tenant.Settings}",
            string.Join(' ', (await services.GetRequiredService<Connections>().OfAsync(TenantsFixture.Globex, Cancel)).All.Select(connection => $"{connection.Slug} {connection.Enabled} {connection.Enforced} {connection.Settings} {connection.UpdatedAt:O}")),
            string.Join(' ', (await services.GetRequiredService<DomainVerification>().ListAsync(TenantsFixture.Globex, Cancel)).Select(domain => $"{domain.Domain} {domain.Capture} {domain.Join} {string.Join(',', domain.JoinRoles)}")),
            string.Join(' ', (await services.GetRequiredService<SetupLinks>().ListAsync(TenantsFixture.Globex, Cancel)).Select(open => $"{open.Connection} {open.ExpiresAt:O} {open.Provider} {open.Domain} {open.Tested}")),
            $"{(await services.GetRequiredService<SessionStore>().ListAsync(TenantsFixture.Globex, id, Cancel)).Count} sessions",
        ]);
    }

    private async Task<string> KeyAsync(TenantId tenant) =>
        (await fixture.Gateway.Services.GetRequiredService<ApiKeyDirectory>().AddAsync(tenant, "walk", [.. ApiScopes.All], TimeSpan.FromHours(1), Cancel)).Text.Reveal();

    private async Task<AsyncServiceScope> ScopeAsync(TenantId tenant)
    {
        var scope = fixture.Gateway.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Record = (await fixture.Gateway.Services.GetRequiredService<TenantCache>().FindAsync(tenant, Cancel)).ShouldNotBeNull();
        return scope;
    }

    private static string Cookies(TenantsFixture.Answer page) => string.Join("; ", page.Cookies.Select(cookie => cookie.Split(';')[0]));

    private static string Hidden(string page, string name) => WebUtility.HtmlDecode(Regex.Match(page, $"name=\"{name}\" value=\"([^\"]+)\"").Groups[1].Value);

    [GeneratedRegex(@"\{([^}]*)\}")]
    private static partial Regex Parameters();
}
