'use strict';
// Walks through the life of images with each of the vendor's Node clients, and prints one line of JSON for each
// step: what it shows, and why not if it does not.
//
//   node conformance.js SCENE
//
// SCENE is JSON: endpoint; key (id, secret); user, the key of one who may do nothing; busy, the key of an account of
// which no request is taken; bucket and object, a disk; account, another one to share with; broken, a region without
// its store.

const assert = require('node:assert/strict');
const clients = require('./clients');

const { endpoint, key, user, busy, bucket, object, account, broken } = JSON.parse(process.argv[2]);
const SOURCE = 'cn-hangzhou';
const DESTINATIONS = ['cn-shanghai', 'cn-beijing', 'eu-central-1'];
const CANCELLING = 'ap-southeast-1';
const NO_IMAGE = 'm-00000000000000000000';
const NO_SNAPSHOT = 's-00000000000000000000';
const PATIENCE_MILLIS = 120_000;
const BETWEEN_LOOKS_MILLIS = 25;

let client;

async function step(shows, walk) {
  const result = { name: `${client.name}: ${shows}`, failure: '' };
  try {
    await walk();
  } catch (error) {
    result.failure = String(error.stack || error);
  }
  console.log(JSON.stringify(result));
}

async function images(region, more) {
  const answer = await client.call('DescribeImages', { RegionId: region, ...more });
  return answer.Images.Image;
}

/** What look finds, as soon as it finds something. */
async function patiently(what, look) {
  const end = Date.now() + PATIENCE_MILLIS;
  while (Date.now() < end) {
    const found = await look();
    if (found) {
      return found;
    }
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_LOOKS_MILLIS));
  }
  throw new Error(`${what} did not come`);
}

function available(region, image) {
  return patiently(`${image} in ${region}`, async () => (await images(region, { ImageId: image }))[0]);
}

async function snapshots(region) {
  const { Snapshots } = await client.call('DescribeSnapshots', { RegionId: region });
  return Snapshots.Snapshot;
}

function copyingSnapshot(snapshot, region, name) {
  return client.call('CopySnapshot', {
    RegionId: SOURCE, SnapshotId: snapshot, DestinationRegionId: region, DestinationSnapshotName: name,
  });
}

function creating(region, snapshot, name) {
  return client.call('CreateImage', { RegionId: region, SnapshotId: snapshot, ImageName: name });
}

function importing(name) {
  return client.call('ImportImage', {
    RegionId: SOURCE,
    ImageName: name,
    DiskDeviceMapping: [{ OSSBucket: bucket, OSSObject: object, Format: 'RAW' }],
  });
}

function copying(image, region, name, more) {
  return client.call('CopyImage', {
    RegionId: SOURCE, ImageId: image, DestinationRegionId: region, DestinationImageName: name, ...more,
  });
}

/** The error of the client's own class, with this code. */
async function refused(code, call) {
  const error = await call.then(
    () => assert.fail(`${code} was expected`),
    (refusal) => refusal);
  const about = client.about(error);
  assert.equal(about.code, code);
  assert.ok(about.isTheirs, `a class of its own: ${error.name}`);
  assert.match(about.requestId, /^[0-9A-F-]{36}$/);
  return about;
}

async function walk(label) {
  const name = `node-${label}`;
  let golden;
  let copies = [];

  await step('lists the regions', async () => {
    const { Regions } = await client.call('DescribeRegions', {});
    assert.ok(Regions.Region.some((region) => region.RegionId === SOURCE));
  });
  await step('imports an image and waits for it', async () => {
    golden = (await importing(name)).ImageId;
    const image = await available(SOURCE, golden);
    assert.equal(image.ImageName, name);
    assert.equal(image.IsCopied, false);
  });
  await step('copies to three regions at once', async () => {
    const answers = await Promise.all(
      DESTINATIONS.map((region) =>
        copying(golden, region, `${name}-copy`, { Tag: [{ Key: 'role', Value: '金 *~' }], Encrypted: false })));
    copies = answers.map((answer) => answer.ImageId);
    assert.equal(new Set(copies).size, DESTINATIONS.length);
  });
  await step('shares a copy that may still be on its way', async () => {
    const image = { RegionId: DESTINATIONS[0], ImageId: copies[0] };
    await client.call('ModifyImageSharePermission', { ...image, AddAccount: [account] });
    const { Accounts } = await client.call('DescribeImageSharePermission', image);
    assert.deepEqual(Accounts.Account.map((each) => each.AliyunId), [account]);
    await client.call('ModifyImageSharePermission', image); // Packer's, when there is nobody to share with
    await client.call('ModifyImageSharePermission', { ...image, RemoveAccount: [account] });
  });
  await step('follows the copies to their end', async () => {
    for (const [i, region] of DESTINATIONS.entries()) {
      const image = await available(region, copies[i]);
      assert.equal(image.IsCopied, true);
      assert.equal(image.Progress, '100%');
      assert.deepEqual(image.Tags.Tag.map((tag) => ({ ...tag })), [{ TagKey: 'role', TagValue: '金 *~' }]);
      assert.equal(image.DiskDeviceMappings.DiskDeviceMapping.length, 1);
    }
  });
  await step('finds a copy by its tag and by its name', async () => {
    const [region] = DESTINATIONS;
    const byTag = await images(region, { Tag: [{ Key: 'role', Value: '金 *~' }] });
    assert.ok(byTag.some((image) => image.ImageId === copies[0]));
    const byName = await images(region, { ImageName: `${name}-copy` });
    assert.deepEqual(byName.map((image) => image.ImageId), [copies[0]]);
  });
  await step('cancels a copy, and nothing is left of it', async () => {
    const region = CANCELLING;
    for (let i = 0; ; i++) {
      const copy = (await copying(golden, region, `${name}-cancelled-${i}`)).ImageId;
      try {
        await client.call('CancelCopyImage', { RegionId: region, ImageId: copy });
        assert.deepEqual(await images(region, { ImageId: copy, Status: 'ALL' }), []);
        return;
      } catch (error) {
        assert.equal(client.about(error).code, 'IncorrectImageStatus'); // it was quicker
        assert.ok(i < 10, 'every copy was quicker than its cancel');
      }
    }
  });
  await step('asks first with DryRun', async () => {
    await refused('DryRunOperation', copying(golden, DESTINATIONS[0], `${name}-dry`, { DryRun: true }));
    await refused('DryRunOperation', client.call('DescribeImages', { RegionId: SOURCE, DryRun: true }));
    assert.deepEqual(await images(DESTINATIONS[0], { ImageName: `${name}-dry`, Status: 'ALL' }), []);
  });
  await step('hears 400 and 403 in its own class', async () => {
    await refused('InvalidImageName.Duplicated', copying(golden, DESTINATIONS[0], `${name}-copy`));
    await refused('InvalidImageName.Malformed', copying(golden, DESTINATIONS[0], 'http://x'));
    await refused('IncorrectImageStatus', client.call('CancelCopyImage', {
      RegionId: DESTINATIONS[0], ImageId: copies[0],
    }));
    const snapshot = (await images(DESTINATIONS[0], { ImageId: copies[0] }))[0]
      .DiskDeviceMappings.DiskDeviceMapping[0].SnapshotId;
    await refused('SnapshotCreatedImage', client.call('DeleteSnapshot', { SnapshotId: snapshot }));
  });
  await step('hears 404 in its own class', async () => {
    const unknown = await refused('InvalidImageId.NotFound', copying(NO_IMAGE, DESTINATIONS[0], `${name}-none`));
    assert.equal(unknown.message, 'The specified ImageId does not exist.');
    await refused('InvalidRegionId.NotFound', client.call('DescribeImages', { RegionId: 'mars-north-1' }));
  });
  await step('copies a snapshot and makes an image of it', async () => {
    const region = DESTINATIONS[2];
    const snapshot = (await images(SOURCE, { ImageId: golden }))[0]
      .DiskDeviceMappings.DiskDeviceMapping[0].SnapshotId;
    const copy = (await copyingSnapshot(snapshot, region, name)).SnapshotId;
    await patiently(`${copy} in ${region}`, async () =>
      (await snapshots(region)).some((each) => each.SnapshotId === copy && each.Status === 'accomplished'));
    const made = (await creating(region, copy, `${name}-made`)).ImageId;
    const [image] = await images(region, { ImageId: made });
    assert.equal(image.Status, 'Available');
    assert.equal(image.DiskDeviceMappings.DiskDeviceMapping[0].SnapshotId, copy);
    await refused('InvalidImageName.Duplicated', creating(region, copy, `${name}-made`));
    await refused('InvalidSnapshotId.NotFound', creating(region, snapshot, `${name}-elsewhere`));
    await refused('InvalidSnapshotId.NotFound', copyingSnapshot(NO_SNAPSHOT, region, name));
    await refused('InvalidOperation.NotSupportCopyInSameRegion', copyingSnapshot(snapshot, SOURCE, name));
    await refused('InvalidRegionId.NotFound', copyingSnapshot(snapshot, 'mars-north-1', name));
    await refused('SnapshotCreatedImage', client.call('DeleteSnapshot', { SnapshotId: copy }));
    await client.call('DeleteImage', { RegionId: region, ImageId: made });
    await client.call('DeleteSnapshot', { SnapshotId: copy });
    assert.ok((await snapshots(region)).every((each) => each.SnapshotId !== copy));
  });
  await step('hears 503 in its own class', async () => {
    await refused('ServiceUnavailable', copying(golden, broken, `${name}-broken`));
  });
  await step('deletes a copy and then its snapshot', async () => {
    const [region] = DESTINATIONS;
    const [image] = await images(region, { ImageId: copies[0] });
    const snapshot = image.DiskDeviceMappings.DiskDeviceMapping[0].SnapshotId;
    await client.call('DeleteImage', { RegionId: region, ImageId: copies[0] });
    assert.deepEqual(await images(region, { ImageId: copies[0] }), []);
    await client.call('DeleteSnapshot', { SnapshotId: snapshot });
    assert.ok((await snapshots(region)).every((each) => each.SnapshotId !== snapshot));
  });
}

async function wrongKeys(make) {
  client = make(endpoint, key.id, 'wrong');
  await step('learns that its secret is wrong', async () => {
    const about = await refused('SignatureDoesNotMatch', client.call('DescribeRegions', {}));
    assert.match(about.message, /server string to sign is:/);
  });
  client = make(endpoint, 'nobody', 'wrong');
  await step('learns that its key is unknown', async () => {
    await refused('InvalidAccessKeyId.NotFound', client.call('DescribeRegions', {}));
  });
}

async function boundKeys(make) {
  client = make(endpoint, user.id, user.secret);
  await step('learns that a user may do nothing', async () => {
    await refused('Forbidden.RAM', client.call('DescribeRegions', {}));
    await refused('Forbbiden', copying(NO_IMAGE, DESTINATIONS[0], 'a-copy'));
  });
  client = make(endpoint, busy.id, busy.secret);
  await step('learns that it asks too often', async () => {
    await refused('Throttling.User', client.call('DescribeRegions', {}));
  });
}

async function main() {
  for (const [i, make] of clients.entries()) {
    client = make(endpoint, key.id, key.secret);
    await walk(i);
    await wrongKeys(make);
    await boundKeys(make);
  }
}

main();
