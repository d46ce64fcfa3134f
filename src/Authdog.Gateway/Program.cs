using Authdog.Gateway;
using Authdog.Gateway.Commands;

return await GatewayCommands.RunAsync(args, new GatewayParts(GatewayServices.AddAuthdogGateway, GatewayServices.UseAuthdogGateway));
