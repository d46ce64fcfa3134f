using Authdog.Identity.Tests.Pages;

namespace Authdog.Identity.Tests.Challenges;

/// <summary>Pages whose every form asks for a challenge, an easy one.</summary>
public sealed class ChallengedHost : IAsyncLifetime
{
    public PagesHost Pages { get; } = new PagesHost()
        .With("BotProtection:Challenges:Always:0", "login")
        .With("BotProtection:Challenges:Always:1", "sign-up")
        .With("BotProtection:Challenges:Always:2", "recovery")
        .With("BotProtection:Challenges:Always:3", "invitation")
        .With("BotProtection:Challenges:Always:4", "join")
        .With("Accounts:Invitations:JoinRequests", "true")
        .With("BotProtection:Challenges:WorkBits", "8")
        .With("BotProtection:Challenges:FormsPerPass", "3");

    public ValueTask InitializeAsync() => Pages.InitializeAsync();

    public ValueTask DisposeAsync() => Pages.DisposeAsync();
}
