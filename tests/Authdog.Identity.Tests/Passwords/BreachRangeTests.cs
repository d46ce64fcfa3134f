using System.Text;
using Authdog.Identity.Audit;
using Authdog.Identity.Audit.Chain;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Passwords.Breaches;
using Authdog.Identity.Storage;
using Authdog.Identity.Tests.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Passwords;

/// <summary>A range service that speaks the protocol of Pwned Passwords, and one that does not.</summary>
public sealed class BreachRangeTests() : DirectoryTests(DatabaseProvider.Sqlite)
{
    // SHA-1 of "password".
    private const string Prefix = "5BAA6";
    private const string Suffix = "1E4C9B93F3F0682250B6CF8331B7EE68FD8";

    [Theory]
    [InlineData("003D68EB55068C33ACE09247EE4C639306B:3\r\n" + Suffix + ":3861493\r\n", true)]
    [InlineData("003D68EB55068C33ACE09247EE4C639306B:3\r\n" + Suffix + ":0\r\n", false)]
    [InlineData("003D68EB55068C33ACE09247EE4C639306B:3\r\n", false)]
    [InlineData(Suffix, false)]
    [InlineData("", false)]
    public async Task Knows_WhatTheServiceKnows(string answer, bool leaked)
    {
        await using var service = await Receiver.StartAsync();
        service.Answer = context => context.Response.WriteAsync(answer);
        var node = Node(service);

        (await IsLeakedAsync(node, "password")).ShouldBe(leaked);

        var (path, headers, _) = service.Received.ShouldHaveSingleItem();
        path.ShouldBe("/range/" + Prefix);
        headers["Add-Padding"].ToString().ShouldBe("true");
    }

    [Fact]
    public async Task LetsThroughAndSaysSo_WhenTheServiceIsAway_AndRests()
    {
        await using var service = await Receiver.StartAsync();
        service.Answer = context =>
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return Task.CompletedTask;
        };
        var node = Node(service);

        (await IsLeakedAsync(node, "password")).ShouldBeFalse();
        (await IsLeakedAsync(node, "password")).ShouldBeFalse();
        service.Received.ShouldHaveSingleItem();
        service.Answer = context => context.Response.WriteAsync(Suffix + ":1");
        Time.Advance(TimeSpan.FromSeconds(31));
        (await IsLeakedAsync(node, "password")).ShouldBeTrue();

        var events = await node.Services.GetRequiredService<AuditReader>().ListAsync(TenantId.Default, new AuditQuery(), Cancel);
        events.ShouldHaveSingleItem().Kind.ShouldBe(AuditEventKind.LeakCheckFailed);
        events[0].Detail.ShouldBe("answered 500");
    }

    [Theory]
    [InlineData("silent")]
    [InlineData("endless")]
    [InlineData("redirect")]
    [Trait("Threat", "B18")]
    public async Task LetsThrough_WhenTheServiceMisbehaves(string how)
    {
        await using var service = await Receiver.StartAsync();
        service.Answer = how switch
        {
            "silent" => context => Task.Delay(Timeout.Infinite, context.RequestAborted),
            "redirect" => context =>
            {
                context.Response.Redirect("http://192.0.2.1/");
                return Task.CompletedTask;
            },
            _ => async context =>
            {
                var line = Encoding.ASCII.GetBytes(new string('0', 35) + ":1\r\n");
                for (var i = 0; i < 100_000 && !context.RequestAborted.IsCancellationRequested; i++)
                {
                    await context.Response.Body.WriteAsync(line);
                }
            },
        };

        (await IsLeakedAsync(Node(service), "password")).ShouldBeFalse();
    }

    private TestDirectory Node(Receiver service) =>
        Directory.AnotherNode(Time, ("Passwords:Breaches:RangeUrl", service.Address + "range/"), ("Passwords:Breaches:Timeout", "00:00:00.500"));

    private static Task<bool> IsLeakedAsync(TestDirectory node, string password) =>
        node.Services.GetRequiredService<LeakedPasswords>().ContainAsync(TenantId.Default, password, Cancel);
}
