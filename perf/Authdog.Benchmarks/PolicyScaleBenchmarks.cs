using System.Globalization;
using Authdog.Policies.Catalog;
using Authdog.Policies.Decisions;
using BenchmarkDotNet.Attributes;

namespace Authdog.Benchmarks;

/// <summary>Five thousand policies of ten rules: one decision, and reading them all again.</summary>
[MemoryDiagnoser]
public class PolicyScaleBenchmarks
{
    private const int Policies = 5_000;
    private string folder = null!;
    private PolicySnapshot policies = null!;
    private AccessRequest request;

    [GlobalSetup]
    public void Write()
    {
        folder = Directory.CreateTempSubdirectory("authdog-benchmark-").FullName;
        for (var i = 0; i < Policies; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"policy-{i}");
            File.WriteAllText(Path.Combine(folder, name + ".yaml"), PolicyEvaluationBenchmarks.Typical.Replace("policy: typical", $"policy: {name}", StringComparison.Ordinal));
        }

        policies = Load();
        request = PolicyEvaluationBenchmarks.Member(TimeProvider.System.GetUtcNow());
    }

    [GlobalCleanup]
    public void Delete() => Directory.Delete(folder, recursive: true);

    [Benchmark]
    public AccessDecision DecideByOneOfFiveThousand() => policies.Decide("policy-4321", in request);

    [Benchmark]
    public PolicySnapshot Load() => PolicyCatalog.Load(folder, TimeProvider.System).Snapshot ?? throw new InvalidOperationException("the policies are wrong");
}
