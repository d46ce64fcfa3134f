using Authdog.Gateway;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Authdog.Conventions.Tests;

/// <summary>Every service of the product can be made from the others, and none that lives long holds one that does not.</summary>
public sealed class ServiceGraphTests
{
    [Fact]
    public async Task ServiceGraphIsWhole()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear();
        builder.WebHost.UseKestrelCore();
        builder.Host.UseDefaultServiceProvider(options => (options.ValidateOnBuild, options.ValidateScopes) = (true, true));
        GatewayServices.AddAuthdogGateway(builder.Services, builder.Configuration);

        await using var app = builder.Build();

        app.Services.GetService<TimeProvider>().ShouldNotBeNull();
    }
}
