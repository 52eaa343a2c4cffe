import { BareKafka } from "../../bench/bareKafka";
import { plainConfig, securedConfig } from "../../bench/ourConfig";
import { OurKafka } from "../../bench/ourKafka";
import type { DeploymentArgs, Stage } from "../stage";

/** What the benchmarks deploy. */
export interface BenchDeployments {
    /** In plain text, as what it is compared with. */
    readonly ours: OurKafka;
    readonly bare: BareKafka;
    /** With TLS between brokers, and listeners with and without security. */
    readonly secured: OurKafka;
}

/** The lab of the benchmarks. */
export type BenchStage = Stage<BenchDeployments>;

/** Makes them; none is deployed yet. */
export function benchDeployments(args: DeploymentArgs): BenchDeployments {
    return {
        ours: new OurKafka({ ...args, config: plainConfig("loadBalancer") }),
        bare: new BareKafka(args.kubeConfig),
        secured: new OurKafka({ ...args, config: securedConfig() }),
    };
}
