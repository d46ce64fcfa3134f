using Authdog.Gateway.Edge;

namespace Authdog.Gateway.Tests.Edge;

public sealed class GatewayOptionsTests
{
    private readonly GatewayOptions.Validator _validator = new();

    [Fact]
    public void Accepts_WhenNothingIsConfigured() => _validator.Validate(null, new GatewayOptions()).Succeeded.ShouldBeTrue();

    [Fact]
    public void ReportsEveryMistake_WhenThereAreSeveral()
    {
        var result = _validator.Validate(null, new GatewayOptions
        {
            PublicUrl = "https://app.example.com/path",
            ManagementUrl = "nowhere",
            DataPath = " ",
            TrustedProxies = ["10.0.0.0/8", "10.0.0.0/33", "proxy"],
        });
        var codes = result.Failures!.Select(failure => failure[..6]).ToArray();
        codes.ShouldBe(["AG1001", "AG1002", "AG1003", "AG1004", "AG1004"]);
    }

    [Fact]
    public void IsRefused_WhenTheManagementListenerShouldSpeakTls() =>
        _validator.Validate(null, new GatewayOptions { ManagementUrl = "https://127.0.0.1:8081" }).FailureMessage.ShouldStartWith("AG1002");
}
