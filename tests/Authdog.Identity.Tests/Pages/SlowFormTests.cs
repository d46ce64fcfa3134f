using System.IO.Pipelines;
using System.Text;
using Authdog.Identity.Admission;
using Authdog.Identity.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Authdog.Identity.Tests.Pages;

/// <summary>Whoever sends a form a byte at a time keeps nobody from the pages (I14).</summary>
[Collection(PagesCollection.Name)]
[Trait("Threat", "I14")]
public sealed class SlowFormTests(PagesHost host)
{
    [Fact]
    public async Task FormThatComesSlowly_HoldsNoSlot()
    {
        // Slots that are not given back by time, so that whoever takes one has it.
        using PageSlots slots = new(new FakeTimeProvider());
        var login = host.Services.GetServices<EndpointDataSource>().SelectMany(static source => source.Endpoints).OfType<RouteEndpoint>()
            .Single(static endpoint => endpoint.RoutePattern.RawText == PagePaths.Login && endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Contains("POST"));
        List<(Pipe Body, AsyncServiceScope Scope, DefaultHttpContext Context, Task Answer)> slow = [];
        for (var i = 0; i < Environment.ProcessorCount; i++)
        {
            Pipe body = new();
            var scope = await host.ScopeAsync();
            DefaultHttpContext context = new() { RequestServices = new WithSlots(scope.ServiceProvider, slots) };
            (context.Request.Scheme, context.Request.Host) = ("http", new HostString("localhost"));
            (context.Request.Method, context.Request.Path, context.Request.ContentType) = ("POST", PagePaths.Login, "application/x-www-form-urlencoded");
            context.Request.Body = body.Reader.AsStream();
            context.SetEndpoint(login);
            await body.Writer.WriteAsync(Encoding.ASCII.GetBytes("email=a"), TestContext.Current.CancellationToken);
            slow.Add((body, scope, context, login.RequestDelegate!(context)));
        }

        slow.ShouldAllBe(form => !form.Answer.IsCompleted);
        for (var i = 0; i < Environment.ProcessorCount; i++)
        {
            slots.EnterAsync(CancellationToken.None).AsTask().IsCompletedSuccessfully.ShouldBeTrue($"slot {i}");
        }

        // Each was one of the login's forms, and is judged when it has come.
        foreach (var (body, scope, context, answer) in slow)
        {
            await body.Writer.CompleteAsync();
            await answer;
            context.Response.StatusCode.ShouldBe(StatusCodes.Status400BadRequest);
            await scope.DisposeAsync();
        }
    }

    private sealed class WithSlots(IServiceProvider services, PageSlots slots) : IServiceProvider
    {
        public object? GetService(Type serviceType) => serviceType == typeof(PageSlots) ? slots : services.GetService(serviceType);
    }
}
