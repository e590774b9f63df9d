using AuthCluster.Contract;
using AuthCluster.OrleansHost.Settings;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace AuthCluster.OrleansHost.Tests;

/// <summary>The manifest of docs/kubernetes.yaml, as far as it can be judged without a cluster: no test applies it.</summary>
public sealed class KubernetesManifestTests
{
    /// <summary>Strict: a member that Kubernetes does not know is an error, where it would be dropped without a word.</summary>
    private readonly List<object> _manifest =
        KubernetesYaml.LoadAllFromString(File.ReadAllText(Path.Combine(ReadmeWalk.RepositoryRoot, "docs", "kubernetes.yaml")), strict: true);

    private V1PodTemplateSpec Pod => Assert.Single(_manifest.OfType<V1Deployment>()).Spec.Template;

    private V1Container Container => Assert.Single(Pod.Spec.Containers);

    [Fact]
    public void Kubernetes_knows_every_member() =>
        Assert.Equal(["V1Deployment", "V1NetworkPolicy", "V1PodDisruptionBudget", "V1Service"], _manifest.Select(item => item.GetType().Name).Order());

    [Fact]
    public void Its_settings_are_those_of_a_node()
    {
        var variables = Container.Env.ToDictionary(variable => variable.Name.Replace("__", ":", StringComparison.Ordinal), variable => variable.Value ?? "10.0.0.7");
        var node = new NodeOptions();

        var settings = NodeSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(variables!).Build(), node);

        Assert.Empty(settings.Warnings);
        Assert.Equal("10.0.0.7", node.AdvertisedAddress);
        var secrets = Assert.Single(Container.VolumeMounts, mount => mount.MountPath == Path.GetDirectoryName(settings.Options.Keys.MasterFile));
        var volume = Assert.Single(Pod.Spec.Volumes, volume => volume.Name == secrets.Name);
        Assert.Contains(volume.Secret.Items, item => item.Path == Path.GetFileName(settings.Options.Keys.MasterFile));
    }

    [Fact]
    public void The_ports_are_those_that_a_node_opens()
    {
        var ports = Container.Ports.ToDictionary(port => port.Name, port => port.ContainerPort);
        var node = new NodeOptions();
        Assert.Equal(node.SiloPort, ports["silo"]);
        Assert.Equal(node.GatewayPort, ports["gateway"]);
        Assert.Contains($":{ports["http"]}", Container.Args[1], StringComparison.Ordinal);

        var service = Assert.Single(_manifest.OfType<V1Service>());
        var policy = Assert.Single(_manifest.OfType<V1NetworkPolicy>());
        var named = service.Spec.Ports.Select(port => (string)port.TargetPort).Concat(policy.Spec.Ingress.SelectMany(rule => rule.Ports).Select(port => (string)port.Port));
        Assert.All(named, name => Assert.True(ports.ContainsKey(name), name));
    }

    [Fact]
    public void A_node_is_started_and_kept_by_its_life_and_asked_for_what_it_serves_by_its_readiness()
    {
        Assert.Equal("/health/live", Container.StartupProbe.HttpGet.Path);
        Assert.Equal("/health/live", Container.LivenessProbe.HttpGet.Path);
        Assert.Equal("/health/ready", Container.ReadinessProbe.HttpGet.Path);
        Assert.All(
            [Container.StartupProbe, Container.LivenessProbe, Container.ReadinessProbe],
            probe => Assert.Equal("http", (string)probe.HttpGet.Port));
    }

    [Fact]
    public void Everything_selects_the_pods_of_the_deployment()
    {
        var labels = Pod.Metadata.Labels;
        var selectors = new[]
        {
            Assert.Single(_manifest.OfType<V1Service>()).Spec.Selector,
            Assert.Single(_manifest.OfType<V1Deployment>()).Spec.Selector.MatchLabels,
            Assert.Single(_manifest.OfType<V1PodDisruptionBudget>()).Spec.Selector.MatchLabels,
            Assert.Single(_manifest.OfType<V1NetworkPolicy>()).Spec.PodSelector.MatchLabels,
        };
        Assert.All(selectors, selector => Assert.Equal(labels, selector));
    }

    [Fact]
    public void A_node_is_not_killed_while_it_stops()
    {
        var untilProxiesHaveHeard = Container.Lifecycle.PreStop.Sleep.Seconds;
        const int Stop = 10;
        Assert.True(Pod.Spec.TerminationGracePeriodSeconds >= untilProxiesHaveHeard + Stop);
    }
}
