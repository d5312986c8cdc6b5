siteIndex.add("parts",{"pages":"pages.64983093","text-0":"text-0.aae9b13c","words":"words.cf3c18aa"});
