using System.Collections;
using Authdog.Gateway.Configuration;

namespace Authdog.Gateway.Tests.Configuration;

public sealed class GatewayConfigurationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("authdog-configuration-").FullName;

    [Fact]
    public void TakesPathsFromWhereTheyWereWritten_WhenTheyAreRelative()
    {
        Write("etc/gateway.json", """{ "Gateway": { "DataPath": "state" }, "Policies": { "Path": "../rules" } }""");

        var fromFile = Read(["--config-is-below"], config: "etc/gateway.json");
        var fromEnvironment = Read([], config: "etc/gateway.json", ("Gateway__DataPath", "here"));
        var fromArguments = Read(["--Policies:Path=there"], config: "etc/gateway.json");

        fromFile.Settings["Gateway:DataPath"].ShouldBe(Path.Combine(_folder, "etc/state"));
        fromFile.Settings["Policies:Path"].ShouldBe(Path.Combine(_folder, "rules"));
        fromEnvironment.Settings["Gateway:DataPath"].ShouldBe(Path.Combine(_folder, "here"));
        fromArguments.Settings["Policies:Path"].ShouldBe(Path.Combine(_folder, "there"));
    }

    [Fact]
    public void LaterSourcesWin_WhenSeveralSayTheSame()
    {
        Write("appsettings.json", """{ "Gateway": { "PublicUrl": "https://file.example.com", "ManagementUrl": "http://127.0.0.1:1" }, "Urls": "http://file" }""");

        var configuration = Read(
            ["--Gateway:PublicUrl=https://argument.example.com"],
            config: null,
            ("Gateway__PublicUrl", "https://environment.example.com"),
            ("GATEWAY__MANAGEMENTURL", "http://127.0.0.1:2"));

        configuration.Mistakes.ShouldBeEmpty();
        configuration.Settings["Gateway:PublicUrl"].ShouldBe("https://argument.example.com");
        configuration.Settings["Gateway:ManagementUrl"].ShouldBe("http://127.0.0.1:2");
        configuration.Settings["Urls"].ShouldBe("http://file");
    }

    [Fact]
    public void NamesTheVariable_WhenTheEnvironmentIsWrong()
    {
        var configuration = Read([], config: null, ("Gateway__PublicUrll", "x"), ("Somebody__Else", "y"), ("PATH", "z"));

        configuration.Mistakes.ShouldHaveSingleItem().ToString()
            .ShouldBe("AG1601 environment variable Gateway__PublicUrll: 'Gateway:PublicUrll' is not a setting. Did you mean 'Gateway:PublicUrl'?");
    }

    [Fact]
    public void ListensOnPort8080OfThisMachine_WhenNothingIsSaid() => Read([], config: null).Settings["Urls"].ShouldBe("http://localhost:8080");

    [Fact]
    public void SaysSo_WhenTheNamedFileIsAbsent() => Read([], config: "absent.json").Mistakes.ShouldHaveSingleItem().Code.ShouldBe("AG1607");

    [Fact]
    public void LeavesOutWhatItRefused_SoThatTheRestCanBeJudged()
    {
        Write("appsettings.json", """{ "Gateway": { "PublicUrl": "https://a.example.com", "Wrong": { "Deep": 1 } } }""");

        var configuration = Read([], config: null);

        configuration.Mistakes.Count.ShouldBe(1);
        configuration.Settings["Gateway:Wrong:Deep"].ShouldBeNull();
        configuration.Settings["Gateway:PublicUrl"].ShouldBe("https://a.example.com");
    }

    [Fact]
    public void GivesPlaceOfTheKey_WhenAValidatorNamesIt()
    {
        Write("appsettings.json", "{\n \"Gateway\": { \"PublicUrl\": \"nonsense\" } }");

        var mistake = Read([], config: null).Failure("AG1001 Gateway:PublicUrl = 'nonsense' is no URL: write it like 'https://app.example.com'.");

        mistake.ToString().ShouldBe("AG1001 appsettings.json(2,15): Gateway:PublicUrl = 'nonsense' is no URL: write it like 'https://app.example.com'.");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private GatewayConfiguration Read(string[] arguments, string? config, params (string Name, string Value)[] environment)
    {
        var variables = new Hashtable();
        foreach (var (name, value) in environment)
        {
            variables[name] = value;
        }

        return GatewayConfiguration.Read(
            new GatewayArguments { ConfigFile = config, Settings = GatewayArguments.Split(arguments).Settings },
            SettingsSchema.Of(typeof(GatewayConfiguration).Assembly),
            _folder,
            variables);
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
