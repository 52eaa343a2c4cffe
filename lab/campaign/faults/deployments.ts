import { defaultConfig } from "../../bench/ourConfig";
import { OurKafka } from "../../bench/ourKafka";
import type { DeploymentArgs, Stage } from "../stage";

/** What faults are injected into: a stack as users get one. */
export interface FaultDeployments {
    readonly ours: OurKafka;
}

/** The lab of the faults. */
export type FaultStage = Stage<FaultDeployments>;

/** Makes it; it is not deployed yet. */
export function faultDeployments(args: DeploymentArgs): FaultDeployments {
    return { ours: new OurKafka({ ...args, config: defaultConfig() }) };
}
