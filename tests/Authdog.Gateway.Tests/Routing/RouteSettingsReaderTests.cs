using Authdog.Gateway.Routing;
using Yarp.ReverseProxy.Configuration;

namespace Authdog.Gateway.Tests.Routing;

public sealed class RouteSettingsReaderTests
{
    [Fact]
    public void UsesDefaults_WhenRouteSaysNothing()
    {
        var (settings, errors) = Read([]);
        errors.ShouldBeEmpty();
        settings.Audience.ShouldBe("app");
        settings.Headers.ShouldBe(IdentityHeaderNames.Default);
        settings.StreamIdleTimeout.ShouldBe(TimeSpan.FromHours(1));
    }

    [Fact]
    public void ReadsAudienceAndNames_WhenConfigured()
    {
        var (settings, errors) = Read(new() { ["Authdog:Audience"] = "billing", ["Authdog:Header:User"] = "Remote-User", ["Authdog:Header:Email"] = "X-Forwarded-Email", ["Other"] = "ignored" });
        errors.ShouldBeEmpty();
        settings.Audience.ShouldBe("billing");
        settings.Headers.User.ShouldBe("Remote-User");
        settings.Headers.Email.ShouldBe("X-Forwarded-Email");
    }

    [Theory]
    [InlineData("Authdog:StreamIdleTimeout", "soon", "AG1120")]
    [InlineData("Authdog:StreamIdleTimeout", "00:00:00", "AG1120")]
    [InlineData("Authdog:StreamIdleTimeout", "-01:00:00", "AG1120")]
    [InlineData("Authdog:StreamIdleTimeout", "8.00:00:00", "AG1120")]
    [InlineData("Authdog:Audiance", "x", "AG1105")]
    [InlineData("Authdog:Header:Phone", "X-Phone", "AG1105")]
    [InlineData("Authdog:Audience", " ", "AG1106")]
    [InlineData("Authdog:Header:User", "bad name", "AG1107")]
    [InlineData("Authdog:Header:User", "Remote_User", "AG1107")]
    [InlineData("Authdog:Header:User", "X-A\r\nB", "AG1107")]
    [InlineData("Authdog:Header:User", "", "AG1107")]
    [InlineData("Authdog:Header:User", "Host", "AG1108")]
    [InlineData("Authdog:Header:User", "x-authdog-assertion", "AG1108")]
    [InlineData("Authdog:Header:User", "X-Authdog-Email", "AG1109")]
    [InlineData("Authdog:SecurityHeaders", "some", "AG1110")]
    [InlineData("Authdog:SecurityHeaders", "1", "AG1110")]
    [InlineData("Authdog:Unsafe:EncodedSlash", "yes", "AG1111")]
    [InlineData("Authdog:Unsafe:Everything", "true", "AG1105")]
    [InlineData("Authdog:Unsafe:None", "true", "AG1105")]
    [InlineData("Authdog:Unsafe:3", "true", "AG1105")]
    public void ReportsMistake_WithPlaceAndCure(string key, string value, string code)
    {
        var error = Read(new() { [key] = value }).Errors.ShouldHaveSingleItem();
        error.Code.ShouldBe(code);
        error.Place.ShouldStartWith("ReverseProxy:Routes:app:Metadata");
        error.Cure.ShouldNotBeEmpty();
    }

    [Fact]
    public void ReadsOptIns_AndWarnsOfEach()
    {
        Dictionary<string, string> metadata = new() { ["Authdog:Unsafe:EncodedSlash"] = "true", ["authdog:unsafe:headernames"] = "True", ["Authdog:Unsafe:PathParameters"] = "false", ["Authdog:SecurityHeaders"] = "Strict" };
        var (settings, errors) = Read(metadata);
        errors.ShouldBeEmpty();
        settings.Unsafe.ShouldBe(UnsafeOptIns.EncodedSlash | UnsafeOptIns.HeaderNames);
        settings.SecurityHeaders.ShouldBe(AppSecurityHeaders.Strict);
        UnsafeSettings.Warnings(new RouteConfig { RouteId = "app", Metadata = metadata }).Count().ShouldBe(2);
    }

    private static (RouteSettings Settings, List<RouteError> Errors) Read(Dictionary<string, string> metadata)
    {
        List<RouteError> errors = [];
        return (RouteSettingsReader.Read(new RouteConfig { RouteId = "app", Metadata = metadata }, errors), errors);
    }
}
