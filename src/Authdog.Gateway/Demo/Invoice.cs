namespace Authdog.Gateway.Demo;

/// <summary>One invoice of the demo.</summary>
internal sealed record Invoice(string Number, string Date, string Customer, string Text, decimal Amount, string State)
{
    /// <summary>All of them. They belong to whoever looks.</summary>
    public static IReadOnlyList<Invoice> All { get; } =
    [
        new("R-2016-0131", "2016-01-04", "Kessler & Sons Ltd.", "Maintenance contract, first quarter", 1_190.00m, "paid"),
        new("R-2016-0147", "2016-01-18", "Harbour Bakery", "Cash register rolls, 200 pcs.", 84.50m, "paid"),
        new("R-2016-0152", "2016-02-01", "Dr. M. Okafor, dental practice", "On-site service, 3.5 h", 332.50m, "overdue"),
        new("R-2016-0160", "2016-02-09", "Municipal library", "Label printer LP-400", 249.00m, "paid"),
        new("R-2016-0171", "2016-02-22", "Kessler & Sons Ltd.", "Extra licences, 5 seats", 475.00m, "open"),
    ];
}
