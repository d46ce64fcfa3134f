using Authdog.Identity.Tests.Pages;

namespace Authdog.Identity.Tests.Mfa;

/// <summary>A host where mail signs in, administrators need a second step, and staff need one in two hours (each half minute that passes costs a timer's tick).</summary>
public sealed class SecondStepsHost : IAsyncLifetime
{
    public PagesHost Host { get; } = new PagesHost()
        .With("Login:EmailCodes:Enabled", "true")
        .With("Login:EmailCodes:MessagesPerNetwork", "100000")
        .With("Mfa:Roles:admin:Policy", "Required")
        .With("Mfa:Roles:staff:Policy", "Required")
        .With("Mfa:Roles:staff:Grace", "02:00:00")
        .With("Login:Recovery:SecondStepDelay", "01:00:00");

    public ValueTask InitializeAsync() => Host.InitializeAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
