using Authdog.Identity.Identifiers;
using Authdog.Identity.Login;
using Authdog.Identity.Sessions;
using Authdog.Identity.Tests.Pages;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Login;

/// <summary>What a method has proved goes into the login of the one it was proved for.</summary>
[Collection(PagesCollection.Name)]
[Trait("Threat", "I2")]
public sealed class LoginProofsTests(PagesHost host)
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 28, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task WhatSomebodyElseDidInALogin_CountsForNobodyAfterThem()
    {
        await using var scope = await host.ScopeAsync();
        var (other, user) = (await UserAsync(scope), await UserAsync(scope));

        // The other's session, by which they went on in this login, has ended: a code from their mail, and what they put off, stand in it.
        var written = await AcceptAsync(scope, user, begun => begun with { User = other.Id, Email = other.Email, Stamp = other.SecurityStamp, Confirmed = true, Postponed = true, LeakedPassword = true });

        (written.User, written.Email, written.Stamp).ShouldBe((user.Id, user.Email, user.SecurityStamp));
        (written.Confirmed, written.Postponed, written.LeakedPassword).ShouldBe((false, false, false));
        written.Proved.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task WhatTheSamePersonDid_StaysWithTheirNextProof()
    {
        await using var scope = await host.ScopeAsync();
        var user = await UserAsync(scope);

        var written = await AcceptAsync(scope, user, begun => begun with
        {
            User = user.Id,
            Email = user.Email,
            Stamp = "the stamp of the first proof",
            Proved = [AuthenticationFactor.Password(s_now)],
            Confirmed = true,
            Postponed = true,
            LeakedPassword = true,
        });

        (written.Confirmed, written.Postponed, written.LeakedPassword, written.Stamp).ShouldBe((true, true, true, "the stamp of the first proof"));
    }

    [Fact]
    public async Task ProofOfAnotherUser_IsRefused()
    {
        await using var scope = await host.ScopeAsync();
        var (first, other) = (await UserAsync(scope), await UserAsync(scope));
        var transactions = scope.ServiceProvider.GetRequiredService<LoginTransactions>();
        var context = Context(scope);
        var flow = await BeginAsync(transactions, context, begun => begun with { User = first.Id, Email = first.Email, Proved = [AuthenticationFactor.Password(s_now)] });

        var answer = await scope.ServiceProvider.GetRequiredService<LoginProofs>().AcceptAsync(context, flow, new LoginProof.Proved(other, AuthenticationFactor.Password(s_now)));

        answer.ShouldBeAssignableTo<IStatusCodeHttpResult>()!.StatusCode.ShouldBe(StatusCodes.Status403Forbidden);
        (await transactions.PeekAsync(TenantId.Default, flow.Id, CancellationToken.None)).ShouldNotBeNull().User.ShouldBe(first.Id);
    }

    // A level that a password alone does not reach, so that the login goes on and can be read.
    private static async Task<LoginTransaction> AcceptAsync(AsyncServiceScope scope, User user, Func<LoginTransaction, LoginTransaction> before)
    {
        var transactions = scope.ServiceProvider.GetRequiredService<LoginTransactions>();
        var context = Context(scope);
        var flow = await BeginAsync(transactions, context, before);

        (await scope.ServiceProvider.GetRequiredService<LoginProofs>().AcceptAsync(context, flow, new LoginProof.Proved(user, AuthenticationFactor.Password(s_now)))).ShouldBeOfType<SeeOther>();
        return (await transactions.PeekAsync(TenantId.Default, flow.Id, CancellationToken.None)).ShouldNotBeNull();
    }

    private static async Task<LoginFlow> BeginAsync(LoginTransactions transactions, HttpContext context, Func<LoginTransaction, LoginTransaction> before)
    {
        var begun = transactions.Begin(context, TenantId.Default, ReturnUrl.Root, new LoginRequirement { AskedAt = s_now, Acr = "aal2" });
        return (await transactions.UpdateAsync(context, TenantId.Default, begun, before(begun.Transaction), CancellationToken.None)).ShouldNotBeNull();
    }

    private static async Task<User> UserAsync(AsyncServiceScope scope)
    {
        EmailAddress.TryParse(Person.New().Email, out var email).ShouldBeTrue();
        return (await scope.ServiceProvider.GetRequiredService<UserDirectory>().CreateAsync(email, emailVerified: true, "Ada", passwordHash: null, CancellationToken.None)).ShouldNotBeNull();
    }

    private static DefaultHttpContext Context(AsyncServiceScope scope)
    {
        DefaultHttpContext context = new() { RequestServices = scope.ServiceProvider };
        context.Request.Host = new HostString("localhost");
        scope.ServiceProvider.GetRequiredService<IHttpContextAccessor>().HttpContext = context;
        return context;
    }
}
