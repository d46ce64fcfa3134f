using System.Diagnostics;
using System.Globalization;
using System.Net;
using Authdog.Gateway.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Authdog.Gateway.Tests.Forwarding;

/// <summary>A GiB each way, with client, gateway and app in one process: what none of them keeps, its memory does not show.</summary>
public sealed class LargeBodyTests
{
    private const long Size = 1L << 30;
    private const long AllowedGrowth = 200L << 20;

    [Fact]
    public async Task StreamsAGibibyteEachWay_WithFlatMemory()
    {
        await using var upstream = await Upstream.StartAsync(app =>
        {
            app.MapPost("/up", async (HttpContext context) =>
            {
                var length = await CountAsync(context.Request.Body, context.RequestAborted);
                return $"{length} {context.Request.ContentLength} {context.Request.Headers.TransferEncoding}".TrimEnd();
            });
            app.MapGet("/down", async (HttpContext context) =>
            {
                context.Response.ContentLength = Size;
                await new Zeros().CopyToAsync(context.Response.Body, context.RequestAborted);
            });
        });
        await using var gateway = await GatewayHost.StartAsync(new GatewayHostSettings().PublicPolicy().Route("app", "/{**all}", "open", upstream.Url));
        using var process = Process.GetCurrentProcess();
        var before = process.WorkingSet64;
        var peak = 0L;
        using var watching = new CancellationTokenSource();
        var watch = Task.Run(async () =>
        {
            while (!watching.IsCancellationRequested)
            {
                process.Refresh();
                peak = Math.Max(peak, process.WorkingSet64);
                await Task.Delay(50, CancellationToken.None);
            }
        });

        using (var answer = await gateway.Client.PostAsync("/up", new Zeros()))
        {
            // The framing is kept too: what came with Content-Length arrives with it.
            (await answer.Content.ReadAsStringAsync()).ShouldBe(string.Create(CultureInfo.InvariantCulture, $"{Size} {Size}"));
        }

        using (var answer = await gateway.Client.GetAsync("/down", HttpCompletionOption.ResponseHeadersRead))
        {
            answer.Content.Headers.ContentLength.ShouldBe(Size);
            (await CountAsync(await answer.Content.ReadAsStreamAsync(), CancellationToken.None)).ShouldBe(Size);
        }

        await watching.CancelAsync();
        await watch;
        (peak - before).ShouldBeLessThan(AllowedGrowth);
    }

    private static async Task<long> CountAsync(Stream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[1 << 18];
        long total = 0;
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            total += read;
        }

        return total;
    }

    private sealed class Zeros : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var buffer = new byte[1 << 18];
            for (long sent = 0; sent < Size; sent += buffer.Length)
            {
                await stream.WriteAsync(buffer);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = Size;
            return true;
        }
    }
}
