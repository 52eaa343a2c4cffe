import { UsageError } from "../cli/errors";
import { loadConfig } from "../../config";
import { readKnownStackConfig } from "../cli/stackFile";
import { estimate } from "./estimate";
import type { CostRequest } from "./options";
import { renderJson, renderText } from "./report";

/**
 * Estimates a stack as the command line asks for.
 *
 * @param stackDirectory Directory of the stack files.
 * @param now Today, by which the age of the prices is judged.
 * @returns What it prints.
 * @throws {@link UsageError} where there is no such stack, or none that makes an EKS cluster.
 * @throws {@link ConfigError} with everything that is wrong with its configuration.
 */
export function runCost(
    request: Extract<CostRequest, { action: "estimate" }>,
    stackDirectory: string,
    now = new Date(),
): string {
    const { stack, throughput, reads, json } = request;
    const values = readKnownStackConfig(stackDirectory, stack, request.config, { standIns: true });
    const config = loadConfig(values);
    const { eks } = config;
    if (eks === undefined) {
        throw new UsageError(
            `stack ${stack} is on a cluster that is there already: expected platform "eks", got ${JSON.stringify(config.platform)}`,
            "choose a stack that makes its cluster, or give --config platform=eks",
        );
    }
    const subject = { stack, region: eks.region, throughput, reads };
    const result = estimate({ config, eks }, { throughput, reads }, now);
    return json ? renderJson(subject, result) : renderText(subject, result);
}
