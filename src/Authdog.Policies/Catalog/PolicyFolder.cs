namespace Authdog.Policies.Catalog;

internal static class PolicyFolder
{
    public static PolicyLoadResult Load(string path, DateTimeOffset now) => throw new NotSupportedException(path + now);
}
