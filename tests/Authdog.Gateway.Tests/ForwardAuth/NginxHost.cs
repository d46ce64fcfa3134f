using Authdog.Gateway.ForwardAuth;

namespace Authdog.Gateway.Tests.ForwardAuth;

public sealed class NginxHost : ProxyHost
{
    internal override ForwardAuthProxy Proxy => ForwardAuthProxy.Nginx;

    internal override IReadOnlyList<string> Command(string folder, string snippet, int port)
    {
        snippet = Recipes.Replace(snippet, "listen 80;", $"listen 127.0.0.1:{port};");
        snippet = Recipes.Replace(snippet, "server_name app.example.com;", "server_name localhost;");
        var file = Path.Combine(folder, "nginx.conf");
        File.WriteAllText(file, $$"""
            daemon off;
            master_process off;
            pid {{folder}}/nginx.pid;
            error_log stderr;
            events { }
            http {
                access_log off;
                client_body_temp_path {{folder}}/body;
                proxy_temp_path {{folder}}/proxy;
                fastcgi_temp_path {{folder}}/fastcgi;
                uwsgi_temp_path {{folder}}/uwsgi;
                scgi_temp_path {{folder}}/scgi;
                {{snippet}}
            }
            """);
        return [File.Exists("/usr/sbin/nginx") ? "/usr/sbin/nginx" : "nginx", "-e", "stderr", "-c", file];
    }
}
