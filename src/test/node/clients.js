'use strict';
// The vendor's two Node clients behind one function: call(action, parameters), names as on the wire.
// An error has the client's own class and fields; about(error) says what both tell, each in its way.

const Ecs = require('@alicloud/ecs20140526');
const { $OpenApiUtil } = require('@alicloud/openapi-core');
const { RPCClient } = require('@alicloud/pop-core');

/** @alicloud/pop-core: the older family, parameters in a form. */
function popCore(endpoint, accessKeyId, accessKeySecret) {
  const client = new RPCClient({ accessKeyId, accessKeySecret, endpoint, apiVersion: '2014-05-26' });
  return {
    name: '@alicloud/pop-core',
    call: (action, parameters) => client.request(action, parameters, { method: 'POST' }),
    about: (error) => ({
      isTheirs: error.name === `${error.code}Error`,
      code: error.code,
      requestId: error.data.RequestId,
      message: error.data.Message,
    }),
  };
}

/** The newer family's errors that are no ClientError. */
const CLASSES = { ServiceUnavailable: 'ServerError', 'Throttling.User': 'ThrottlingError' };

/** @alicloud/ecs20140526: the newer family, a class for each request and answer. */
function ecs20140526(endpoint, accessKeyId, accessKeySecret) {
  const url = new URL(endpoint);
  const client = new Ecs.default(
    new $OpenApiUtil.Config({
      accessKeyId, accessKeySecret, endpoint: url.host, protocol: 'http', regionId: 'cn-hangzhou',
    }));
  return {
    name: '@alicloud/ecs20140526',
    call: async (action, parameters) => {
      const answer = await client[small(action)](typed(`${action}Request`, parameters));
      return answer.body.toMap();
    },
    about: (error) => ({
      isTheirs: error.name === (CLASSES[error.code] || 'ClientError'),
      code: error.code,
      requestId: error.data.RequestId,
      message: error.data.Message,
    }),
  };
}

/** RegionId is regionId there; OSSBucket stays as it is. */
function small(name) {
  return /^[A-Z]{2}/.test(name) ? name : name[0].toLowerCase() + name.slice(1);
}

function typed(type, values) {
  const fields = {};
  for (const [name, value] of Object.entries(values)) {
    const part = `${type}${name}`;
    fields[small(name)] = Array.isArray(value)
      ? value.map((each) => (typeof each === 'object' ? typed(part, each) : each))
      : value;
  }
  return new Ecs[type](fields);
}

module.exports = [popCore, ecs20140526];
