namespace Authdog.Gateway.Commands.Hosting;

/// <summary>What the composition root hands to the commands: all services, and the order in which a request meets them.</summary>
/// <param name="Services">Registers every service of the gateway.</param>
/// <param name="Pipeline">Builds the request pipeline.</param>
internal sealed record GatewayParts(Action<IServiceCollection, IConfiguration> Services, Action<WebApplication> Pipeline);
