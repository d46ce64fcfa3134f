using Authdog.Policies.Language;

namespace Authdog.Policies.Tests.Language;

public sealed class PolicySchemaTests
{
    [Fact]
    public void FileForEditorsIsUpToDate()
    {
        var file = Path.Combine(Repository.Policies, "policy.schema.json");
        if (Environment.GetEnvironmentVariable("AUTHDOG_WRITE_GOLDEN") == "1")
        {
            File.WriteAllText(file, PolicySchema.Generate());
        }

        File.ReadAllText(file).ShouldBe(PolicySchema.Generate());
    }

    [Fact]
    public void ExampleOfEachKeywordIsRead()
    {
        foreach (var keyword in CriterionKeywords.All)
        {
            Ask.Rule("allow", $"{{ {keyword.Name}: {keyword.Example} }}").Rules.Count.ShouldBe(1, keyword.Name);
        }
    }
}
