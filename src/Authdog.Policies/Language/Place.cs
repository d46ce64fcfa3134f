namespace Authdog.Policies.Language;

/// <summary>Line and column, from 1. The default is the file as a whole.</summary>
internal readonly record struct Place(int Line, int Column);
