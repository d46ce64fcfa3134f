using System.Net;
using Authdog.Identity.Login.Risk;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Authdog.Identity.Tests.Login;

public sealed class NetworkFileTests : IDisposable
{
    private readonly string _list = Path.GetTempFileName();

    public void Dispose() => File.Delete(_list);

    [Fact]
    public void KnowsAnAddress_HoweverItIsWritten()
    {
        File.WriteAllText(_list, "198.51.100.0/24\n2001:db8:1::/48\n203.0.113.7\n");
        var list = List(new FakeTimeProvider());

        list.Contains(IPAddress.Parse("198.51.100.9")).ShouldBeTrue();
        list.Contains(IPAddress.Parse("::ffff:198.51.100.9")).ShouldBeTrue();
        list.Contains(IPAddress.Parse("2001:db8:1:2::3")).ShouldBeTrue();
        list.Contains(IPAddress.Parse("203.0.113.7")).ShouldBeTrue();
        list.Contains(IPAddress.Parse("203.0.113.8")).ShouldBeFalse();
        list.Contains(address: null).ShouldBeFalse();
    }

    [Fact]
    public void KeepsTheLastGoodOne_WhenAChangeCannotBeRead()
    {
        FakeTimeProvider time = new(TimeProvider.System.GetUtcNow());
        File.WriteAllText(_list, "198.51.100.0/24\n");
        var list = List(time);
        list.Contains(IPAddress.Parse("198.51.100.9")).ShouldBeTrue();

        File.WriteAllText(_list, "no network at all\n");
        time.Advance(TimeSpan.FromSeconds(11));
        list.Contains(IPAddress.Parse("198.51.100.9")).ShouldBeTrue();

        File.WriteAllText(_list, "192.0.2.0/24 # the next good one\n");
        time.Advance(TimeSpan.FromSeconds(11));
        list.Contains(IPAddress.Parse("198.51.100.9")).ShouldBeFalse();
        list.Contains(IPAddress.Parse("192.0.2.1")).ShouldBeTrue();
    }

    private NetworkFile List(TimeProvider time) => new(Options.Create(new RiskOptions { BlockedNetworksFile = _list }), time, NullLogger<NetworkFile>.Instance);
}
