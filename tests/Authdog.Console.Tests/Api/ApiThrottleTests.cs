using System.Net;

namespace Authdog.Console.Tests.Api;

/// <summary>On a host of its own: what fails here must not throttle others.</summary>
public sealed class ApiThrottleTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task WrongKeysHaveToWaitAndRightOnesDoNot_WhenManyFailed()
    {
        var wrong = "adk_" + new string('0', 20) + "_" + new string('A', 43);
        List<HttpStatusCode> answers = [];
        for (var i = 0; i < 22; i++)
        {
            answers.Add((await host.SendAsync("GET", "tenants", wrong)).Status);
        }

        answers.Take(20).ShouldAllBe(status => status == HttpStatusCode.Unauthorized);
        answers.Skip(20).ShouldAllBe(status => status == HttpStatusCode.TooManyRequests);
        (await host.SendAsync("GET", "tenants", host.GlobalKey)).Status.ShouldBe(HttpStatusCode.OK);
    }
}
