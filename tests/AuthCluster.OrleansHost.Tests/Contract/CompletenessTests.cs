using AuthCluster.Contract;
using Xunit;

namespace AuthCluster.OrleansHost.Tests.Contract;

public sealed class CompletenessTests
{
    [Fact]
    public void Every_contract_is_held_by_this_host() => Assert.Empty(ContractSuite.SuitesMissingFrom(typeof(CompletenessTests).Assembly));
}
