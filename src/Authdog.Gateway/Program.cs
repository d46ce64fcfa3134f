using Authdog.Gateway;
using Authdog.Gateway.Commands;
using Authdog.Gateway.Commands.Hosting;

return await GatewayCommands.RunAsync(args, new GatewayParts(GatewayServices.AddAuthdogGateway, GatewayServices.UseAuthdogGateway));
