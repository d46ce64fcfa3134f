using System.Text;
using Authdog.Gateway.Configuration;
using Microsoft.Extensions.Configuration;

namespace Authdog.Gateway.Tests.Configuration;

public sealed class JsonSettingsTests
{
    [Theory]
    [InlineData("{\n  \"Gateway\": {\n    \"PublicUrl\": \"x\"\n    \"DataPath\": \"y\"\n  }\n}", 4)]
    [InlineData("{\n  \"Gateway\": {\n", 3)]
    [InlineData("{\n} {", 2)]
    [InlineData("{ \"Gateway\": tru }", 1)]
    public void SaysLine_WhenTheFileIsBroken(string json, int line)
    {
        var mistake = Parse(json).Mistakes.ShouldHaveSingleItem();

        mistake.Code.ShouldBe("AG1604");
        mistake.Place!.Line.ShouldBe(line);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("")]
    public void SaysSo_WhenTheFileHoldsNoObject(string json) => Parse(json).Mistakes.ShouldHaveSingleItem().Code.ShouldBe("AG1604");

    [Fact]
    public void SaysBothPlaces_WhenAKeyIsSaidTwice()
    {
        var mistake = Parse("{ \"Gateway\": { \"DataPath\": \"a\" },\n  \"gateway\": { \"datapath\": \"b\" } }").Mistakes.ShouldHaveSingleItem();

        mistake.ToString().ShouldBe("AG1605 test.json(2,16): 'gateway:datapath' is said twice, first at test.json(1,16). Keep one of the two.");
    }

    [Fact]
    public void CountsColumnsInCharacters_WhenTextIsNotAscii()
    {
        var setting = Parse("{ \"Mail\": { /* ü€ */ \"From\": \"x\" } }").Settings.Single(setting => setting.Key == "Mail:From");

        setting.Place.ShouldBe(new Place("test.json", 1, 22));
    }

    [Fact]
    public void ReadsWhatAspNetCoreReads_WhenFileHasCommentsAndTrailingCommas()
    {
        const string Json = """
            { // comment
              "A": { "B": [ 1, true, null, "x", ], "C": 1.5e3, },
              "D:E": "flat",
            }
            """;

        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(Json));
        var theirs = new ConfigurationBuilder().AddJsonStream(stream).Build().AsEnumerable().Where(pair => pair.Value is not null);
        var ours = Parse(Json).Settings.Where(setting => setting.Value is not null).Select(setting => KeyValuePair.Create(setting.Key, setting.Value));
        ours.OrderBy(pair => pair.Key, StringComparer.Ordinal).ShouldBe(theirs.OrderBy(pair => pair.Key, StringComparer.Ordinal)!);
    }

    private static JsonSettings Parse(string json) => JsonSettings.Parse("test.json", Encoding.UTF8.GetBytes(json));
}
