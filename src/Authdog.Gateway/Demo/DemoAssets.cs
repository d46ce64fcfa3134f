namespace Authdog.Gateway.Demo;

/// <summary>What the demo's pages load.</summary>
internal static class DemoAssets
{
    /// <summary>The style sheet.</summary>
    public const string Css = """
        body { margin: 0; background: #d4d0c8; color: #000; font: 13px Tahoma, Verdana, sans-serif; }
        #page { max-width: 900px; margin: 12px auto; background: #fff; border: 2px outset #fff; }
        #banner { padding: 8px 12px; background: linear-gradient(#3a6ea5, #1d3f66); color: #fff; }
        #banner img { vertical-align: middle; margin-right: 10px; }
        .product { font: bold 24px "Trebuchet MS", sans-serif; }
        .edition { font-size: 11px; color: #cfe0f3; }
        #menu { padding: 6px 12px; background: #ece9d8; border-bottom: 1px solid #aca899; }
        #who { padding: 4px 12px; background: #ffffe1; border-bottom: 1px solid #e0dca0; text-align: right; }
        #content { padding: 4px 16px 16px; min-height: 260px; }
        h1 { font: bold 18px "Trebuchet MS", sans-serif; color: #1d3f66; border-bottom: 1px dotted #1d3f66; }
        h2 { font-size: 14px; }
        a { color: #00c; }
        .scroll { overflow-x: auto; }
        table.grid { border-collapse: collapse; width: 100%; font-size: 12px; }
        table.grid th { background: #ece9d8; text-align: left; }
        table.grid th, table.grid td { border: 1px solid #aca899; padding: 3px 6px; overflow-wrap: anywhere; }
        table.grid td:first-child { white-space: nowrap; }
        table.grid tr:nth-child(odd) td { background: #f5f7fa; }
        #foot { padding: 6px 12px; font-size: 10px; color: #666; border-top: 1px solid #aca899; text-align: center; }
        """;

    /// <summary>The logo.</summary>
    public const string Logo = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><path d="M10 4h20l8 8v32H10z" fill="#fff" stroke="#f90" stroke-width="2"/><path d="M30 4v8h8" fill="#fc6" stroke="#f90" stroke-width="2"/><path d="M16 20h16M16 26h16M16 32h10" stroke="#3a6ea5" stroke-width="2.5"/></svg>
        """;
}
