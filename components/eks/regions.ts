/**
 * The regions of AWS's public partition.
 *
 * @see https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html (read in January 2026)
 */
export const REGIONS: readonly string[] = [
    "af-south-1",
    "ap-east-1",
    "ap-east-2",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-south-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-6",
    "ap-southeast-7",
    "ca-central-1",
    "ca-west-1",
    "eu-central-1",
    "eu-central-2",
    "eu-north-1",
    "eu-south-1",
    "eu-south-2",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "mx-central-1",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
];

/** Where in an area a region is, as all names of regions have it. */
const DIRECTION = /^[a-z]{2}-(north|south|east|west|central|(north|south)(east|west))-\d+$/;

/** Whether a region may be there: AWS opens new ones, whose names are made as the others. */
export function isRegionName(region: string): boolean {
    return REGIONS.includes(region) || DIRECTION.test(region);
}
