using System.Text;
using Authdog.Gateway.Configuration;

namespace Authdog.Gateway.Tests.Configuration;

public sealed class SettingsCheckTests
{
    private static readonly SettingsSchema s_schema = SettingsSchema.Of(typeof(GatewayConfiguration).Assembly);

    [Fact]
    public void SaysPlaceAndNearestName_WhenKeyIsUnknown()
    {
        var mistake = Check("""
            {
              "Gateway": {
                "PublicUrll": "https://app.example.com"
              }
            }
            """).ShouldHaveSingleItem();

        mistake.ToString().ShouldBe("AG1601 test.json(3,5): 'Gateway:PublicUrll' is not a setting. Did you mean 'Gateway:PublicUrl'?");
    }

    [Fact]
    public void SaysEveryMistake_WhenThereAreSeveral()
    {
        var mistakes = Check("""
            {
              "Gatway": { "Anything": { "Inside": 1 } },
              "Mfa": { "Required": true },
              "Gateway": { "DataPath": { "No": "object" }, "TrustedProxies": "10.0.0.0/8" },
              "ReverseProxy": {
                "Routes": { "app": { "ClusterID": "app", "Match": { "Pfad": "/" }, "AuthorisationPolicy": "x", "Order": "first" } },
                "Clusters": { "app": { "HealthChecks": {}, "HttpClient": { "SslProtocols": [ "Tls12", "Ssl9" ] } } }
              }
            }
            """);

        mistakes.Select(mistake => $"{mistake.Code} {mistake.What}").ShouldBe(
        [
            "AG1601 'Gatway' is not a setting.",
            "AG1602 'Mfa' is not available in this version.",
            "AG1603 'Gateway:DataPath' cannot be an object.",
            "AG1603 'Gateway:TrustedProxies' cannot be '10.0.0.0/8'.",
            "AG1601 'ReverseProxy:Routes:app:Match:Pfad' is not a setting.",
            "AG1601 'ReverseProxy:Routes:app:AuthorisationPolicy' is not a setting.",
            "AG1603 'ReverseProxy:Routes:app:Order' cannot be 'first'.",
            "AG1601 'ReverseProxy:Clusters:app:HealthChecks' is not a setting.",
            "AG1603 'ReverseProxy:Clusters:app:HttpClient:SslProtocols:1' cannot be 'Ssl9'.",
        ]);
    }

    [Fact]
    public void SaysNothing_WhenYarpWouldUnderstandEverything()
    {
        Check("""
            {
              "ReverseProxy": {
                "Routes": {
                  "app": {
                    "ClusterId": "app", "AuthorizationPolicy": "staff", "Order": -1, "Timeout": "00:00:30", "MaxRequestBodySize": 1000,
                    "Match": {
                      "Path": "/x/{**rest}", "Methods": [ "GET" ], "Hosts": [ "a.example.com" ],
                      "Headers": [ { "Name": "X", "Values": [ "1" ], "Mode": "ExactHeader", "IsCaseSensitive": true } ],
                      "QueryParameters": [ { "Name": "q", "Mode": "Exists" } ]
                    },
                    "Metadata": { "Authdog:Audience": "x", "anything": "else" },
                    "Transforms": [ { "PathRemovePrefix": "/x" }, { "ResponseHeader": "A", "Append": "b", "When": "Success" } ]
                  }
                },
                "Clusters": {
                  "app": {
                    "LoadBalancingPolicy": "RoundRobin",
                    "SessionAffinity": { "Enabled": true, "Policy": "Cookie", "AffinityKeyName": "k", "Cookie": { "SameSite": "Lax" } },
                    "HealthCheck": { "Active": { "Enabled": true, "Interval": "00:00:10", "Path": "/h" }, "Passive": { "Enabled": false } },
                    "HttpClient": { "SslProtocols": [ "Tls12", "Tls13" ], "MaxConnectionsPerServer": 10, "WebProxy": { "Address": "http://p:1" } },
                    "HttpRequest": { "ActivityTimeout": "00:01:00", "Version": "2", "VersionPolicy": "RequestVersionExact" },
                    "Destinations": { "one": { "Address": "http://localhost:1", "Health": "http://localhost:2", "Metadata": { "a": "b" } } }
                  }
                }
              },
              "Kestrel": { "Endpoints": { "Https": { "Url": "https://*:443" } } },
              "Logging": { "LogLevel": { "Default": "Warning" } },
              "Urls": "http://localhost:5000"
            }
            """).ShouldBeEmpty();
    }

    [Fact]
    public void KeepsSecretsToItself_WhenTheyAreOfTheWrongKind()
    {
        var mistake = Check("""{ "Gateway": { "MasterKey": [ "c2VjcmV0" ] } }""").ShouldHaveSingleItem();

        mistake.ToString().ShouldNotContain("c2VjcmV0");
    }

    private static List<Mistake> Check(string json)
    {
        var read = JsonSettings.Parse("test.json", Encoding.UTF8.GetBytes(json));
        read.Mistakes.ShouldBeEmpty();
        return [.. new SettingsCheck(s_schema).Check(read.Settings)];
    }
}
