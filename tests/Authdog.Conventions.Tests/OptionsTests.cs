using System.Reflection;
using Microsoft.Extensions.Options;

namespace Authdog.Conventions.Tests;

/// <summary>A setting that is accepted takes effect, and one that cannot is refused at start.</summary>
public sealed class OptionsTests
{
    public static TheoryData<Type> Options =>
        [.. Assemblies.Types.Where(type => type.GetField("Section", BindingFlags.Public | BindingFlags.Static) is { IsLiteral: true })];

    [Fact]
    public void OptionsExist() => Options.ShouldNotBeEmpty();

    [Theory]
    [MemberData(nameof(Options))]
    public void OptionsHaveAValidatorNestedInside(Type options) =>
        options.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic)
            .ShouldContain(nested => nested.IsAssignableTo(typeof(IValidateOptions<>).MakeGenericType(options)));

    [Fact]
    public void OnlyCompositionReadsConfiguration() =>
        Repository.SourceFiles("src")
            .Where(file => file.Code.Contains("IConfiguration ", StringComparison.Ordinal))
            .Where(file => file.Folder is not ("" or "Configuration" or "Commands/Hosting" or "Demo") && !file.Path.EndsWith("Services.cs", StringComparison.Ordinal))
            .Select(file => file.Path)
            .ShouldBeEmpty();
}
