using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Mail;
using Authdog.Identity.Pages;
using Authdog.Identity.Tests.Pages;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Authdog.Identity.Tests.Mail;

public sealed class MailDeliveryTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "authdog-mail-" + Guid.NewGuid().ToString("N"));

    [Fact]
    public async Task IsOneFileForThisUserAlone_WhenNoServerIsNamed()
    {
        var (queue, delivery, outbox) = Create(new MailOptions { OutboxPath = _folder });
        var written = new TaskCompletionSource<MailWrittenEventArgs>(TaskCreationOptions.RunContinuationsAsynchronously);
        outbox.MailWritten += (_, mail) => written.TrySetResult(mail);
        await delivery.StartAsync(CancellationToken.None);
        queue.Add(Message());

        var mail = await written.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        await delivery.StopAsync(CancellationToken.None);

        mail.To.ShouldBe("ada@example.com");
        mail.Link.ShouldBe("http://gateway.test/link");
        Directory.GetFiles(_folder).ShouldBe([mail.File]);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(mail.File).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task IsWritten_WhenTheGatewayStopsAtOnce()
    {
        var (queue, delivery, _) = Create(new MailOptions { OutboxPath = _folder, Limits = new MailLimitOptions { PerRecipientAnHour = 20 } });
        for (var i = 0; i < 20; i++)
        {
            queue.Add(Message());
        }

        await delivery.StartAsync(CancellationToken.None);
        await delivery.StopAsync(CancellationToken.None);

        Directory.GetFiles(_folder, "*.eml").Length.ShouldBe(20);
    }

    [Fact]
    public async Task IsKept_WhenTheServerStaysAway()
    {
        using var reserved = new TcpListener(IPAddress.Loopback, 0);
        reserved.Start();
        var port = ((IPEndPoint)reserved.LocalEndpoint).Port;
        reserved.Stop();
        var (queue, delivery, _) = Create(new MailOptions { OutboxPath = _folder, Smtp = new SmtpOptions { Host = "127.0.0.1", Port = port, Tls = SmtpTls.None } });
        await delivery.StartAsync(CancellationToken.None);
        queue.Add(Message());

        await delivery.StopAsync(CancellationToken.None);

        Directory.GetFiles(Path.Combine(_folder, "undelivered"), "*.eml").Length.ShouldBe(1);
    }

    [Fact]
    public async Task ReachesTheServer_WhenOneIsNamed()
    {
        await using var server = new SmtpCatcher();
        var (queue, delivery, _) = Create(new MailOptions { OutboxPath = _folder, Smtp = new SmtpOptions { Host = "127.0.0.1", Port = server.Port, Tls = SmtpTls.None } });
        await delivery.StartAsync(CancellationToken.None);
        queue.Add(Message());

        var received = await server.Received.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        await delivery.StopAsync(CancellationToken.None);

        received.ShouldContain("To: ada@example.com");
        received.ShouldContain("http://gateway.test/link");
        Directory.Exists(_folder).ShouldBeFalse();
    }

    [Fact]
    public async Task IsNotTriedAgain_WhenTheServerRefusesTheRecipient()
    {
        await using var server = new SmtpCatcher();
        var (queue, delivery, _) = Create(new MailOptions { OutboxPath = _folder, Smtp = new SmtpOptions { Host = "127.0.0.1", Port = server.Port, Tls = SmtpTls.None } });
        await delivery.StartAsync(CancellationToken.None);
        queue.Add(Message("refused@example.com"));
        queue.Add(Message());

        await server.Received.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        await delivery.StopAsync(CancellationToken.None);

        server.Connections.ShouldBe(2);
        Directory.GetFiles(Path.Combine(_folder, "undelivered"), "*.eml").Length.ShouldBe(1);
    }

    [Fact]
    [Trait("Threat", "I2")]
    public async Task MailBombing_EndsAtTheRecipientsBound_AndNeverWithholdsANotice()
    {
        List<string> withheld = [];
        var (queue, delivery, _) = Create(new MailOptions { OutboxPath = _folder, Limits = new MailLimitOptions { PerRecipientAnHour = 3 } }, withheld.Add);
        await delivery.StartAsync(CancellationToken.None);
        for (var i = 0; i < 10; i++)
        {
            queue.Add(Message("victim@example.com") with { Source = $"198.51.100.{i}" });
        }

        queue.Add(Message("victim@example.com") with { Template = "account-erased", Values = ImmutableDictionary<string, string>.Empty });
        queue.Add(Message("other@example.com"));
        await delivery.StopAsync(CancellationToken.None);

        Directory.GetFiles(_folder, "*.eml").Length.ShouldBe(3 + 1 + 1);
        withheld.Distinct().ShouldHaveSingleItem().ShouldBe("recover: too many by recipient");
        withheld.Count.ShouldBe(7);
    }

    [Fact]
    [Trait("Threat", "I2")]
    public async Task MailBombing_EndsAtTheMailboxsBound_WhateverIsAddedToItsName()
    {
        var (queue, delivery, _) = Create(new MailOptions { OutboxPath = _folder, Limits = new MailLimitOptions { PerRecipientAnHour = 3 } });
        await delivery.StartAsync(CancellationToken.None);
        for (var i = 0; i < 10; i++)
        {
            queue.Add(Message($"victim+{i}@example.com") with { Source = $"198.51.100.{i}" });
        }

        queue.Add(Message("other@example.com"));
        await delivery.StopAsync(CancellationToken.None);

        Directory.GetFiles(_folder, "*.eml").Length.ShouldBe(3 + 1);
    }

    [Fact]
    [Trait("Threat", "I2")]
    public async Task MailBombing_EndsAtTheSourcesBound_WhomeverItIsSentTo()
    {
        var (queue, delivery, _) = Create(new MailOptions { OutboxPath = _folder, Limits = new MailLimitOptions { PerSourceAnHour = 4 } });
        await delivery.StartAsync(CancellationToken.None);
        for (var i = 0; i < 10; i++)
        {
            queue.Add(Message($"victim{i}@example.com") with { Source = "198.51.100.7" });
        }

        queue.Add(Message("other@example.com") with { Source = "198.51.100.8" });
        await delivery.StopAsync(CancellationToken.None);

        Directory.GetFiles(_folder, "*.eml").Length.ShouldBe(4 + 1);
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private static (MailQueue Queue, MailDelivery Delivery, Outbox Outbox) Create(MailOptions options, Action<string>? withheld = null)
    {
        var time = new FakeTimeProvider();
        var outbox = new Outbox(Options.Create(options), time);
        var queue = new MailQueue(NullLogger<MailQueue>.Instance);
        var templates = new MailTemplates(Options.Create(options), Brands.Of(new BrandOptions()));
        IMailTransport transport = options.Smtp.Host is null ? outbox : new SmtpTransport(Options.Create(options));
        return (queue, new MailDelivery(queue, LocalLimits.Of(options, withheld), templates, transport, outbox, time, NullLogger<MailDelivery>.Instance), outbox);
    }

    private static MailMessage Message(string address = "ada@example.com")
    {
        EmailAddress.TryParse(address, out var to).ShouldBeTrue();
        return new MailMessage(to, "recover", "en", ImmutableDictionary<string, string>.Empty.Add("link", "http://gateway.test/link"));
    }
}
