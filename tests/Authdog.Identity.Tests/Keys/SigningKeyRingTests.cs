using System.Security.Cryptography;
using Authdog.Identity.Audit;
using Authdog.Identity.Keys;
using Authdog.Identity.Storage;
using Authdog.Identity.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Authdog.Identity.Tests.Keys;

public abstract class SigningKeyRingTests(DatabaseProvider engine) : DirectoryTests(engine)
{
    private const string Purpose = SigningKeyRing.AssertionPurpose;

    [Fact]
    public async Task MakesOneKey_WhenNodesStartAtOnce()
    {
        var nodes = Enumerable.Range(0, 4).Select(_ => Ring(Directory.AnotherNode())).ToList();

        await Task.WhenAll(nodes.Select(node => Task.Run(() => node.RefreshAsync(Purpose, Cancel), Cancel)));

        nodes.Select(node => node.Current(Purpose).Kid).Distinct().ShouldHaveSingleItem();
        nodes.ShouldAllBe(node => node.Published(Purpose).Count == 1);
        nodes[0].Current(Purpose).Key.KeySize.ShouldBe(256);
    }

    [Fact]
    public async Task SignsWithTheSameKey_OnEveryNode()
    {
        var (a, b) = (Ring(Directory), Ring(Directory.AnotherNode()));
        await a.RefreshAsync(Purpose, Cancel);
        await b.RefreshAsync(Purpose, Cancel);

        var signature = a.Current(Purpose).Key.SignData("hello"u8, HashAlgorithmName.SHA256);

        b.Published(Purpose).Single().Key.VerifyData("hello"u8, signature, HashAlgorithmName.SHA256).ShouldBeTrue();
    }

    /// <summary>Two nodes with clocks 20 seconds apart look for keys every 30 seconds, each at its own moment; a third party rotates by command.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(29, 20)]
    [InlineData(13, -20)]
    public async Task PublishesOnEachNode_WhateverAnyNodeSignsWith_AtEveryInstantOfARotation(int refreshOffset, int skew)
    {
        var start = Time.GetUtcNow();
        FakeTimeProvider timeB = new(start.AddSeconds(skew));
        var (a, b) = (Ring(Directory), Ring(Directory.AnotherNode(timeB)));
        await a.RefreshAsync(Purpose, Cancel);
        await b.RefreshAsync(Purpose, Cancel);
        var first = a.Current(Purpose).Kid;
        string? second = null;
        var signedLast = new Dictionary<string, int>(StringComparer.Ordinal);

        for (var tick = 0; tick < 3600; tick++)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            timeB.Advance(TimeSpan.FromSeconds(1));
            if (tick == 100)
            {
                second = (await Ring(Directory.AnotherNode()).RotateAsync(Purpose, Cancel)).Kid;
            }

            if (tick % 30 == 0)
            {
                await a.RefreshAsync(Purpose, Cancel);
            }

            if (tick % 30 == refreshOffset)
            {
                await b.RefreshAsync(Purpose, Cancel);
            }

            SigningKeyRing[] nodes = [a, b];
            foreach (var signing in nodes.Select(node => node.Current(Purpose).Kid))
            {
                nodes.All(node => node.Published(Purpose).Any(key => key.Kid == signing)).ShouldBeTrue();
                signedLast[signing] = tick;
            }

            // What was signed up to five minutes ago is still valid, and a verifier may have kept the JWKS for five minutes.
            foreach (var (kid, when) in signedLast)
            {
                (tick - when > 600 || nodes.All(node => node.Published(Purpose).Any(key => key.Kid == kid))).ShouldBeTrue();
            }
        }

        (a.Current(Purpose).Kid, b.Current(Purpose).Kid).ShouldBe((second, second));
        signedLast[first].ShouldBeInRange(600, 800);
        a.Published(Purpose).ShouldHaveSingleItem().Kid.ShouldBe(second);
    }

    [Fact]
    public async Task RotatesByAge_OnceForAllNodes()
    {
        var (a, b) = (Ring(Directory), Ring(Directory.AnotherNode()));
        await a.RefreshAsync(Purpose, Cancel);
        var old = a.Current(Purpose).Kid;
        Time.Advance(TimeSpan.FromDays(90) - TimeSpan.FromSeconds(1));
        await a.RefreshAsync(Purpose, Cancel);
        a.Published(Purpose).Count.ShouldBe(1);

        Time.Advance(TimeSpan.FromSeconds(1));
        await Task.WhenAll(Task.Run(() => a.RefreshAsync(Purpose, Cancel), Cancel), Task.Run(() => b.RefreshAsync(Purpose, Cancel), Cancel));
        await a.RefreshAsync(Purpose, Cancel);

        a.Published(Purpose).Count.ShouldBe(2);
        a.Current(Purpose).Kid.ShouldBe(old);
        Time.Advance(TimeSpan.FromMinutes(10));
        a.Current(Purpose).Kid.ShouldNotBe(old);
    }

    [Fact]
    public async Task KeepsKeyObjects_WhileItRefreshes()
    {
        var ring = Ring(Directory);
        await ring.RefreshAsync(Purpose, Cancel);
        var key = ring.Current(Purpose).Key;
        await ring.RefreshAsync(Purpose, Cancel);

        ring.Current(Purpose).Key.ShouldBeSameAs(key);
    }

    [Fact]
    public async Task KeepsThePrivatePartEncrypted_AndWritesTheEvent()
    {
        var ring = Ring(Directory);
        await ring.RefreshAsync(Purpose, Cancel);
        await using var context = Directory.Context();
        var stored = await context.Set<StoredSigningKey>().SingleAsync(Cancel);
        var d = ring.Current(Purpose).Key.ExportParameters(includePrivateParameters: true).D!;

        stored.ProtectedKey.AsSpan().IndexOf(d).ShouldBe(-1);
        Should.Throw<CryptographicException>(() => ECDsa.Create().ImportPkcs8PrivateKey(stored.ProtectedKey, out _));
        (await context.Set<AuditEntry>().SingleAsync(Cancel)).Detail.ShouldBe($"{Purpose} {stored.Kid}");
    }

    [Fact]
    public async Task SaysThatTheMasterKeyIsWrong_WhenItIs()
    {
        await Ring(Directory).RefreshAsync(Purpose, Cancel);
        var stranger = Directory.AnotherNode(null, ("Gateway:MasterKey", Convert.ToBase64String(new byte[32])));

        (await Should.ThrowAsync<OperatorMistakeException>(() => Ring(stranger).RefreshAsync(Purpose, Cancel))).Code.ShouldBe("AG4003");
    }

    private static SigningKeyRing Ring(TestDirectory node) => node.Services.GetRequiredService<SigningKeyRing>();

    public sealed class OnSqlite() : SigningKeyRingTests(DatabaseProvider.Sqlite)
    {
        [Fact]
        public void NamesKeys_ByTheThumbprintOfRfc7638()
        {
            // Computed apart: SHA-256 of the RFC's canonical JSON for the P-256 key of RFC 7517, appendix A.1.
            using var key = ECDsa.Create(new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint
                {
                    X = System.Buffers.Text.Base64Url.DecodeFromChars("MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4"),
                    Y = System.Buffers.Text.Base64Url.DecodeFromChars("4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"),
                },
            });

            SigningKeyRows.Thumbprint(key).ShouldBe("cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s");
        }
    }

    public sealed class OnPostgreSql() : SigningKeyRingTests(DatabaseProvider.PostgreSql);
}
