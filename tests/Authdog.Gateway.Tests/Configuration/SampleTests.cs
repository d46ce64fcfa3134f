using System.Text.Json;
using Authdog.Gateway.Configuration;
using Authdog.Identity.Identifiers;
using Authdog.TestKit;
using Microsoft.Extensions.Configuration;

namespace Authdog.Gateway.Tests.Configuration;

/// <summary><c>appsettings.sample.json</c> is the manual of the settings: complete, and true.</summary>
public sealed class SampleTests
{
    private static readonly string s_path = Path.Combine(GatewayProcess.Repository, "appsettings.sample.json");
    private static readonly SettingsSchema s_schema = SettingsSchema.Of(typeof(GatewayConfiguration).Assembly, typeof(TenantId).Assembly);
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    public static TheoryData<Type> Options => [.. s_schema.Options];

    [Theory]
    [MemberData(nameof(Options))]
    public void SaysTheDefaults_WhenBound(Type options)
    {
        var section = new ConfigurationBuilder().AddJsonFile(s_path).Build().GetSection(SettingsSchema.SectionOf(options)!);
        var bound = Activator.CreateInstance(options)!;

        section.Bind(bound);

        Json(bound, options).ShouldBe(Json(Activator.CreateInstance(options)!, options));
    }

    [Fact]
    public void ShowsEverySetting_WhenItsSectionIsOurs()
    {
        var shown = JsonSettings.Read(s_path, "appsettings.sample.json").Settings.Select(setting => setting.Key).ToHashSet(StringComparer.Ordinal);

        s_schema.Options.Select(options => SettingsSchema.SectionOf(options)!.Split(':')[0]).Distinct()
            .SelectMany(section => Keys(section, s_schema.Root.Settings[section]))
            .Where(key => !shown.Contains(key))
            .ShouldBeEmpty();
    }

    [Fact]
    public void HasNoMistake_WhenChecked()
    {
        var read = JsonSettings.Read(s_path, "appsettings.sample.json");

        read.Mistakes.ShouldBeEmpty();
        new SettingsCheck(s_schema).Check(read.Settings).ShouldBeEmpty();
    }

    private static IEnumerable<string> Keys(string prefix, SettingShape shape) => shape is SettingShape.Section section
        ? section.Settings.SelectMany(setting => Keys($"{prefix}:{setting.Key}", setting.Value))
        : [prefix];

    private static string Json(object options, Type type) => JsonSerializer.Serialize(options, type, s_indented);
}
