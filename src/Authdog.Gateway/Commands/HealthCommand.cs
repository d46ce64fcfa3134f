using System.CommandLine;
using Authdog.Gateway.Commands.Hosting;
using Authdog.Gateway.Commands.Syntax;
using Authdog.Gateway.Edge;

namespace Authdog.Gateway.Commands;

/// <summary><c>health</c>: asks the management listener of a running gateway, for a container's health check.</summary>
internal static class HealthCommand
{
    public static Command Create(GatewayBuilder gateway)
    {
        var command = new Command("health", "Ask the running gateway whether it is ready; exit status 1 when it is not.");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var url = gateway.Configuration(parsed).Settings["Gateway:ManagementUrl"] ?? new GatewayOptions().ManagementUrl;
            using var handler = new SocketsHttpHandler { UseProxy = false };
            using var client = new HttpMessageInvoker(handler);
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(url), "/readyz"));
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(TimeSpan.FromSeconds(5));
            try
            {
                using var response = await client.SendAsync(request, patience.Token);
                await parsed.InvocationConfiguration.Output.WriteLineAsync(await response.Content.ReadAsStringAsync(patience.Token));
                return response.IsSuccessStatusCode ? ExitStatus.Ok : ExitStatus.No;
            }
            catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"No gateway answers at {url}.");
                return ExitStatus.No;
            }
        });
        return command;
    }
}
